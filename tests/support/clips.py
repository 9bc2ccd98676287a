"""Makes small clips whose every picture says which frame it is.

The frame number stands as a barcode of 16 black and white cells along the top of the picture as it is shown, so a
decoded (converted, scaled, rotated) picture can be asked for it: `frame_number`.
"""

from __future__ import annotations

import math
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

Picture = npt.NDArray[np.uint8]  # (height, width, 3), RGB
ClipFactory = Callable[..., Path]

_BITS = 16
_SAMPLE_RATE = 48_000
_ENCODERS = {"h264": "libx264", "hevc": "libx265", "vp9": "libvpx-vp9", "prores": "prores_ks"}
_QUIET = {"libx265": {"x265-params": "log-level=error"}}


@dataclass(frozen=True, slots=True)
class ClipSpec:
    """What a generated clip is like.

    :ivar name: file name; its suffix chooses the container
    :ivar codec: "h264", "hevc", "vp9", "prores", or the name of one of FFmpeg's encoders
    :ivar width: pixels as shown, that is, after the rotation
    :ivar height: pixels as shown
    :ivar fps: frames a second, an int, float or Fraction
    :ivar seconds: length of picture and sound
    :ivar times: seconds at which the frames are shown, for a variable frame rate; `fps` and `seconds` do not count then
    :ivar audio: whether there is sound, a 440 Hz tone that is loud in every even second
    :ivar soft: how loud it is in the odd seconds, 0 to 1
    :ivar rotation: degrees that a player turns the stored picture clockwise: 0, 90, 180, 270 (mp4 and mov only)
    :ivar gop: frames from one keyframe to the next
    """

    name: str = "clip.mp4"
    codec: str = "h264"
    width: int = 320
    height: int = 240
    fps: Fraction | float = 25
    seconds: float = 2.0
    pixel_format: str = "yuv420p"
    audio: bool = True
    soft: float = 0.05
    rotation: int = 0
    gop: int = 12
    b_frames: int = 2
    times: tuple[float, ...] = ()
    first_frame: int = 0

    @property
    def frame_times(self) -> tuple[float, ...]:
        """Return when each frame is shown, in seconds."""
        count = round(self.seconds * float(self.fps))
        return self.times or tuple(float(index / Fraction(self.fps)) for index in range(count))

    @property
    def duration(self) -> float:
        """Return the seconds that the sound lasts."""
        return self.times[-1] if self.times else self.seconds


def make_clip(folder: Path, spec: ClipSpec) -> Path:
    """Write the clip that `spec` describes into `folder` and return its path."""
    path = folder / spec.name
    with av.open(str(path), "w") as container:
        video = _video_stream(container, spec)
        audio = _audio_stream(container, path) if spec.audio else None
        for index, time in enumerate(spec.frame_times, start=spec.first_frame):
            container.mux(video.encode(_frame(spec, index, time)))
        container.mux(video.encode(None))
        if audio is not None:
            for sound in _tone(spec.duration, spec.soft):
                container.mux(audio.encode(sound))
            container.mux(audio.encode(None))
    if spec.rotation:
        _write_rotation(path, spec)
    return path


def _video_stream(container: Any, spec: ClipSpec) -> Any:
    encoder = _ENCODERS.get(spec.codec, spec.codec)
    turned = spec.rotation in (90, 270)
    stream = container.add_stream(encoder, rate=Fraction(spec.fps).limit_denominator(1001))
    stream.width, stream.height = (spec.height, spec.width) if turned else (spec.width, spec.height)
    stream.pix_fmt = spec.pixel_format
    stream.time_base = stream.codec_context.time_base = Fraction(1, 90_000)
    stream.codec_context.gop_size = spec.gop
    if encoder in ("libx264", "libx265"):
        stream.codec_context.max_b_frames = spec.b_frames
        stream.options = {"preset": "ultrafast", "bf": str(spec.b_frames), "crf": "20"} | _QUIET.get(
            encoder, {}
        )
    return stream


def _audio_stream(container: Any, path: Path) -> Any:
    return container.add_stream("libopus" if path.suffix == ".webm" else "aac", rate=_SAMPLE_RATE)


def _frame(spec: ClipSpec, index: int, time: float) -> av.VideoFrame:
    stored = np.rot90(picture(spec.width, spec.height, index), k=spec.rotation // 90)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(stored), format="rgb24")
    frame = frame.reformat(format=spec.pixel_format)
    frame.pts, frame.time_base = round(time * 90_000), Fraction(1, 90_000)
    return frame


def picture(width: int, height: int, index: int) -> Picture:
    """Draw the picture of frame `index`: the barcode over a gradient that moves with the number."""
    columns = np.linspace(40, 200, width)[None, :] + np.linspace(0, 40, height)[:, None]
    shown = np.repeat(((columns + index * 3) % 200 + 20).astype(np.uint8)[:, :, None], 3, axis=2)
    shown[: _bar_height(height)] = _bits(index)[np.arange(width) * _BITS // width][None, :, None]
    return shown


def _bar_height(height: int) -> int:
    return max(16, height // 6)


def _bits(index: int) -> npt.NDArray[np.uint8]:
    return np.array([255 if index >> bit & 1 else 0 for bit in reversed(range(_BITS))], dtype=np.uint8)


def frame_number(shown: Picture | av.VideoFrame) -> int:
    """Read the frame number from a decoded picture (RGB or grey, of any size, the right way up)."""
    pixels = shown.to_ndarray(format="gray") if isinstance(shown, av.VideoFrame) else shown
    grey = pixels if pixels.ndim == 2 else pixels.mean(axis=2)
    row = grey[_bar_height(grey.shape[0]) // 2]
    middles = ((np.arange(_BITS) + 0.5) * len(row) / _BITS).astype(int)
    return int("".join("1" if row[middle] > 127 else "0" for middle in middles), 2)


def frame_numbers(path: Path) -> list[int]:
    """Decode the whole clip at `path` as it is stored and return every picture's number in order of showing."""
    with av.open(str(path)) as container:
        return [frame_number(frame) for frame in container.decode(video=0)]


def _tone(seconds: float, soft: float) -> Iterator[av.AudioFrame]:
    count = round(seconds * _SAMPLE_RATE)
    time = np.arange(count) / _SAMPLE_RATE
    wave = np.sin(2 * math.pi * 440 * time) * np.where(time.astype(int) % 2 == 0, 0.5, soft)
    for start in range(0, count, 1024):
        block = wave[None, start : start + 1024].astype(np.float32)
        sound = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
        sound.sample_rate, sound.pts, sound.time_base = _SAMPLE_RATE, start, Fraction(1, _SAMPLE_RATE)
        yield sound


def _write_rotation(path: Path, spec: ClipSpec) -> None:
    """Set the display matrix of the first track header, as phones do; PyAV cannot write one."""
    content = bytearray(path.read_bytes())
    box = content.index(b"tkhd")
    version = content[box + 4]
    matrix = box + (52 if version == 1 else 40) + 4
    turn = round(math.cos(math.radians(spec.rotation))), round(math.sin(math.radians(spec.rotation)))
    cos, sin = (each * 0x10000 for each in turn)
    shift = {90: (spec.width, 0), 180: (spec.width, spec.height), 270: (0, spec.height)}[spec.rotation]
    x, y = (each * 0x10000 for each in shift)
    content[matrix : matrix + 36] = struct.pack(">9i", cos, sin, 0, -sin, cos, 0, x, y, 0x40000000)
    path.write_bytes(content)


@pytest.fixture(scope="session")
def _made_clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[ClipSpec, Path]]:
    return tmp_path_factory.mktemp("clips"), {}


@pytest.fixture
def clip_factory(tmp_path: Path, _made_clips: tuple[Path, dict[ClipSpec, Path]]) -> ClipFactory:
    """Return a function that puts a clip into the test's folder: ``clip_factory(codec="hevc", seconds=1)``.

    It takes the fields of `ClipSpec`; the same clip is encoded once in a run and copied to each test.
    """
    folder, made = _made_clips

    def make(**fields: Any) -> Path:
        spec = ClipSpec(**fields)
        if spec not in made:
            own = folder / str(len(made))
            own.mkdir()
            made[spec] = make_clip(own, spec)
        return Path(shutil.copyfile(made[spec], tmp_path / spec.name))

    return make
