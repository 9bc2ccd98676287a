"""Whether a PNG holds as many lines as its header says: decoders fill the rest with black and say nothing."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples a pixel by PNG's colour type."""
_PIECE = 1024 * 1024


def has_all_lines(path: Path) -> bool:
    """Say whether the stored lines are there; True for what is no PNG, or an interlaced one."""
    with path.open("rb") as file:
        if file.read(8) != _SIGNATURE:
            return True
        header = file.read(25)
        width, height = int.from_bytes(header[8:12], "big"), int.from_bytes(header[12:16], "big")
        depth, colour, interlaced = header[16], header[17], header[20]
        if interlaced:
            return True
        wanted = height * (1 + (width * depth * _SAMPLES.get(colour, 1) + 7) // 8)
        return _unpacked(file, wanted) >= wanted


def _unpacked(file: BinaryIO, enough: int) -> int:
    """Return how many bytes the picture has unpacked; counting ends at `enough`."""
    unpacker, count = zlib.decompressobj(), 0
    for packed in _picture_data(file):
        while packed and count < enough:
            try:
                count += len(unpacker.decompress(packed, _PIECE))
            except zlib.error:
                return count
            packed = unpacker.unconsumed_tail
    return count


def _picture_data(file: BinaryIO) -> Iterator[bytes]:
    """Yield the content of the IDAT chunks, in pieces."""
    while len(head := file.read(8)) == 8:
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind == b"IEND":
            return
        if kind != b"IDAT":
            file.seek(length + 4, 1)
            continue
        while length > 0 and (piece := file.read(min(length, _PIECE))):
            length -= len(piece)
            yield piece
        file.seek(4, 1)
