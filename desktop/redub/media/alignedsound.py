"""The sound of one clip laid out along another one: what is heard beside the pictures that are shown there."""

from __future__ import annotations

import wave
from pathlib import Path

from redub.core.review import Alignment, Stretch
from redub.media.plainsound import write_wav


def write_aligned(source: Path, target: Path, alignment: Alignment) -> Path:
    """Write the sound of `source` to `target` (WAV, 48 kHz, mono) as `alignment` lets it run, and return `target`.

    Where it stands still or runs backward there is silence: speech that runs backward says nothing.

    :raises UserError: there is no sound, or it cannot be decoded
    :raises OSError: the disk is full
    """
    plain = write_wav(source, target.with_name(f"{target.stem}.plain.wav"))
    part = target.with_name(f"{target.name}.part")
    try:
        with wave.open(str(plain), "rb") as read, wave.open(str(part), "wb") as written:
            written.setparams(read.getparams())
            for stretch in alignment.stretches:
                _write(read, written, stretch)
        part.replace(target)
    finally:
        plain.unlink()
        part.unlink(missing_ok=True)
    return target


def _write(read: wave.Wave_read, written: wave.Wave_write, stretch: Stretch) -> None:
    rate, width = read.getframerate(), read.getsampwidth()
    count = round(stretch.end * rate) - round(stretch.start * rate)
    sound = b""
    first = round(stretch.source * rate)
    if stretch.direction > 0 and first < read.getnframes():
        read.setpos(first)
        sound = read.readframes(count)
    written.writeframes(sound + bytes(count * width - len(sound)))
