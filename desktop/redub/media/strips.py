"""What a timeline shows of a clip as bytes, to be kept on disk: pictures, peaks, shot changes, faces."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import TypeVar

import msgspec
import numpy as np
from PIL import Image

from redub.core.faces import Look
from redub.media.peaks import Samples
from redub.media.picture import Picture

_T = TypeVar("_T")

_QUALITY = 88
_SUM_BYTES = 4


class Unusable(Exception):
    """The bytes are not what was kept: cut off, changed, or of another program."""


class _Small(msgspec.Struct, array_like=True, frozen=True):
    """One small picture: the moment it stands for, its own time and number, and the JPEG."""

    moment: float
    time: float
    index: int
    jpeg: bytes


def pack_pictures(strip: Sequence[tuple[float, Picture]]) -> bytes:
    """Return the pictures of a strip with the moments that they stand for."""
    return _sealed([_Small(moment, one.time, one.index, _jpeg(one)) for moment, one in strip])


def unpack_pictures(data: bytes) -> list[tuple[float, Picture]]:
    """Return what `pack_pictures` was given, as JPEG leaves it.

    :raises Unusable: the bytes were changed
    """
    smalls = _opened(data, list[_Small])
    try:
        return [(small.moment, _picture(small)) for small in smalls]
    except (OSError, ValueError) as exc:
        raise Unusable(str(exc)) from exc


def pack_peaks(peaks: Samples) -> bytes:
    """Return peaks, shape (n, 2) int16, as bytes."""
    return _sealed(peaks.astype("<i2").tobytes())


def unpack_peaks(data: bytes) -> Samples:
    """Return what `pack_peaks` was given.

    :raises Unusable: the bytes were changed
    """
    stored = _opened(data, bytes)
    if len(stored) % 4:
        raise Unusable("half a pair of peaks")
    return np.frombuffer(stored, "<i2").astype(np.int16).reshape(-1, 2)


def pack_moments(moments: Sequence[float]) -> bytes:
    """Return moments in seconds as bytes."""
    return _sealed(list(moments))


def unpack_moments(data: bytes) -> list[float]:
    """Return what `pack_moments` was given.

    :raises Unusable: the bytes were changed
    """
    return _opened(data, list[float])


def pack_looks(looks: Sequence[Look]) -> bytes:
    """Return what was seen of faces as bytes."""
    return _sealed(list(looks))


def unpack_looks(data: bytes) -> list[Look]:
    """Return what `pack_looks` was given.

    :raises Unusable: the bytes were changed
    """
    return _opened(data, list[Look])


def _sealed(value: object) -> bytes:
    body = msgspec.msgpack.encode(value)
    return zlib.crc32(body).to_bytes(_SUM_BYTES, "big") + body


def _opened(data: bytes, kind: type[_T]) -> _T:
    seal, body = data[:_SUM_BYTES], data[_SUM_BYTES:]
    if zlib.crc32(body).to_bytes(_SUM_BYTES, "big") != seal:
        raise Unusable("the sum does not match")
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except msgspec.DecodeError as exc:
        raise Unusable(str(exc)) from exc


def _jpeg(picture: Picture) -> bytes:
    size = (picture.width, picture.height)
    kept = io.BytesIO()
    Image.frombuffer("RGB", size, picture.rgb, "raw", "RGB", picture.stride, 1).save(
        kept, "JPEG", quality=_QUALITY
    )
    return kept.getvalue()


def _picture(small: _Small) -> Picture:
    with Image.open(io.BytesIO(small.jpeg), formats=("JPEG",)) as image:
        rgb = image.convert("RGB").tobytes()
        return Picture(small.time, small.index, image.width, image.height, rgb, image.width * 3)
