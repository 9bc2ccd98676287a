"""The clips that benchmarks work on: made once, kept in the system's temporary folder, each picture with its number.

REDUB_BENCH_SECONDS shortens the long clip, for a first look; the figures of a release are taken with all ten minutes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from redub.media.picture import Picture
from support.clips import ClipSpec, frame_number, make_clip, picture

SECONDS = float(os.environ.get("REDUB_BENCH_SECONDS", "600"))
FPS, GOP = 25, 250
_CELLS = 16
_NOISES = 8
_VERSION = 1
"""Raise it when other pictures are drawn: clips of before are then made anew."""


@dataclass(frozen=True, slots=True)
class Material:
    """One clip: H.264 with a keyframe every 250 pictures, B-frames, moving texture under noise, and a tone."""

    width: int
    height: int
    seconds: float
    preset: str = "veryfast"

    @property
    def frames(self) -> int:
        """Return how many pictures it has."""
        return round(self.seconds * FPS)

    def path(self) -> Path:
        """Return the file, made now if it was not made before."""
        folder = Path(tempfile.gettempdir()) / "redub-bench"
        folder.mkdir(exist_ok=True)
        name = f"{self.width}x{self.height}-{self.seconds:g}s-{self.preset}-v{_VERSION}.mp4"
        if not (folder / name).exists():
            with tempfile.TemporaryDirectory(dir=folder) as own:
                self._write(Path(own) / name)
                (Path(own) / name).rename(folder / name)
        return folder / name

    def _write(self, path: Path) -> None:
        sounding = make_clip(
            path.parent, ClipSpec(name="sound.mp4", width=64, height=64, seconds=self.seconds, fps=5)
        )
        with av.open(str(path), "w") as container, av.open(str(sounding)) as source:
            stream = container.add_stream("libx264", rate=FPS)
            stream.width, stream.height, stream.pix_fmt = self.width, self.height, "yuv420p"
            stream.codec_context.gop_size = GOP
            stream.options = {"preset": self.preset, "crf": "24", "sc_threshold": "0"}
            sound = container.add_stream_from_template(source.streams.audio[0])
            for number, frame in enumerate(self._drawn()):
                frame.pts, frame.time_base = number, Fraction(1, FPS)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
            for packet in source.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = sound
                    container.mux(packet)

    def _drawn(self) -> Iterator[av.VideoFrame]:
        height, width = self.height, self.width
        random = np.random.default_rng(3)
        small = random.integers(60, 180, (height // 4, width // 8), dtype=np.uint8)
        texture = np.repeat(np.repeat(small, 8, axis=0), 8, axis=1)
        noises = random.integers(0, 20, (_NOISES, height, width), dtype=np.uint8)
        whole = np.full((height * 3 // 2, width), 128, np.uint8)
        for number in range(self.frames):
            shift = number * 2 % height
            np.add(texture[shift : shift + height], noises[number * 5 % _NOISES], out=whole[:height])
            whole[: height // 6] = np.repeat(picture(_CELLS, _CELLS, number)[0, :, 0], width // _CELLS)
            yield av.VideoFrame.from_ndarray(whole, format="yuv420p")


LONG = Material(1920, 1080, SECONDS)
LARGE = Material(3840, 2160, min(20.0, SECONDS))


def number_in(shown: Picture) -> int:
    """Read the burnt-in number of a picture."""
    rows = np.frombuffer(shown.rgb, np.uint8)[: shown.height * shown.stride].reshape(
        shown.height, shown.stride
    )
    return frame_number(rows[:, : shown.width * 3].reshape(shown.height, shown.width, 3))
