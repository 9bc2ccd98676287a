"""A sound file as plain WAV: libvlc says of no other format exactly what is heard."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np

from redub.core.errors import UserError
from redub.media.opening import damaged, decodable, open_clip

_RATE = 48_000
_WIDTH = 2
_HEAD = 12


def is_wav(path: Path) -> bool:
    """Say whether the file is a WAV, whatever its name is."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def write_wav(source: Path, target: Path) -> Path:
    """Write the first sound of `source` to `target` as 16-bit mono of 48 kHz, and return it.

    :raises UserError: there is no sound, or it cannot be decoded
    :raises OSError: the disk is full
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with open_clip(source) as container:
            if not container.streams.audio or not decodable(container.streams.audio[0]):
                raise UserError(
                    f"“{source.name}” has no sound.",
                    why="It contains no sound that can be played here.",
                    next_step="Choose another recording.",
                )
            with wave.open(str(part), "wb") as written:
                _write(container, written)
    except av.FFmpegError as exc:
        part.unlink(missing_ok=True)
        raise damaged(source, exc) from exc
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
    return target


def _write(container: av.container.InputContainer, written: wave.Wave_write) -> None:
    written.setnchannels(1)
    written.setsampwidth(_WIDTH)
    written.setframerate(_RATE)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    for frame in container.decode(container.streams.audio[0]):
        for piece in resampler.resample(frame):
            written.writeframes(np.ascontiguousarray(piece.to_ndarray()[0]).tobytes())
    for piece in resampler.resample(None):
        written.writeframes(np.ascontiguousarray(piece.to_ndarray()[0]).tobytes())
