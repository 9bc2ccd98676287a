"""Decode a clip from end to end and say what is in it, or that it is not whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av

from redub.core.errors import UserError
from redub.media.opening import damaged, decodable, need_picture, only, open_clip

_TAGGED = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found while decoding everything.

    :ivar duration: seconds from the first picture to the end of the last
    :ivar frames: pictures that were decoded
    :ivar codec: ffmpeg's name
    :ivar frame_rate: average pictures a second
    :ivar audio_codec: ffmpeg's name, or "" when there is no sound
    :ivar audio_duration: seconds of sound that were decoded
    :ivar largest_gap: the longest time in seconds for which one picture stands still in the file
    """

    duration: float
    frames: int
    codec: str
    width: int
    height: int
    frame_rate: float
    audio_codec: str = ""
    audio_duration: float = 0.0
    largest_gap: float = 0.0

    def __str__(self) -> str:
        """Say it in one line."""
        sound = (
            f", sound {self.audio_codec} {self.audio_duration:.2f} s" if self.audio_codec else ", no sound"
        )
        return (
            f"{self.duration:.2f} s, {self.frames} frames at {self.frame_rate:g}, "
            f"{self.codec} {self.width}x{self.height}{sound}"
        )


def verify_video(
    path: str | Path,
    *,
    expected_seconds: float | None = None,
    tolerance: float = 0.1,
    cancelled: Callable[[], bool] | None = None,
) -> Verified:
    """Decode every picture and every sample of the clip at `path`.

    :param expected_seconds: the length that it must have within `tolerance`
    :param cancelled: asked often; decoding ends with UserError when it says yes
    :raises UserError: not a clip, damaged, shorter than it says, not as long as expected
    """
    with open_clip(path) as container:
        stream = need_picture(container, path)
        stream.thread_type = "AUTO"
        count = _Count(path)
        try:
            _decode_all(container, stream, count, cancelled or _never)
        except (av.FFmpegError, EOFError) as exc:
            raise damaged(path, exc) from exc
        declared = _declared(container, stream)
        verified = count.result(stream, _sounds(container))
    _compare(path, verified, declared, expected_seconds, tolerance)
    return verified


def first_fault(path: str | Path, *, cancelled: Callable[[], bool] | None = None) -> float | None:
    """Decode the clip at `path` from end to end, gently, and return when it is broken first; None when it is whole.

    Seconds are counted from the first picture, as everywhere. A clip that ends before its own table of contents
    says is broken at that end.

    :raises UserError: no clip at all, or `cancelled` said so
    """
    with open_clip(path) as container:
        stream = need_picture(container, path)
        only(container, stream)
        stream.codec_context.thread_count = 1  # in the background: the other cores are the person's
        walk = _Walk(container, stream, cancelled or _never)
        for packet in walk.packets():
            fault = walk.fault_in(packet)
            if fault is not None:
                return fault
        return walk.fault_at_end(_declared(container, stream))


class _Walk:
    """Goes through a clip and knows where it is."""

    def __init__(
        self, container: av.container.InputContainer, stream: av.VideoStream, cancelled: Callable[[], bool]
    ) -> None:
        self._container, self._stream, self._cancelled = container, stream, cancelled
        self._base = float(stream.time_base or 0)
        self._first: float | None = None
        self._last = self._step = 0.0
        self._broken = False

    def packets(self) -> Iterator[av.Packet[av.VideoStream]]:
        """Yield all packets of the picture; reading errors end them."""
        try:
            yield from self._container.demux(self._stream)
        except av.FFmpegError:
            self._broken = True

    def fault_in(self, packet: av.Packet[av.VideoStream]) -> float | None:
        """Decode one packet, and return where it is broken."""
        if self._cancelled():
            raise UserError("Checking the clip was stopped.")
        try:
            broken = any(self._sees(frame) for frame in packet.decode())
        except (av.FFmpegError, EOFError):
            return self._time_of(packet)
        return self._last if broken else None

    def _time_of(self, packet: av.Packet[av.VideoStream]) -> float:
        """Return when the pictures of a packet that gives none would be shown."""
        if packet.pts is None or self._first is None:
            return self._last
        return max(0.0, float(packet.pts) * self._base - self._first)

    def fault_at_end(self, declared: float | None) -> float | None:
        """Return the end when it comes too early."""
        end = self._last + self._step
        if (
            self._broken
            or self._first is None
            or (declared is not None and end < declared - max(0.1, 2 * self._step))
        ):
            return end
        return None

    def _sees(self, frame: av.VideoFrame) -> bool:
        """Note a picture, and say whether it is broken."""
        if frame.pts is None or frame.time is None:
            return True
        if self._first is None:
            self._first = frame.time
        now = frame.time - self._first
        self._step = max(0.0, now - self._last) or self._step
        self._last = max(self._last, now)
        return bool(frame.is_corrupt)


class _Count:
    """Counts what comes out of the decoders."""

    def __init__(self, path: str | Path) -> None:
        self.path = path
        self.times: list[float] = []
        self.end = 0.0
        self.samples = 0.0
        self.size = (0, 0)

    def picture(self, frame: av.VideoFrame) -> None:
        if frame.is_corrupt:
            raise damaged(self.path, f"the picture at {frame.time} s is corrupt")
        self.size = (frame.width, frame.height)
        if frame.time_base is None or frame.pts is None:
            raise damaged(self.path, "a picture has no time")
        self.times.append(frame.time)
        self.end = max(self.end, frame.time + float((frame.duration or 0) * frame.time_base))

    def sound(self, frame: av.AudioFrame) -> None:
        self.samples += frame.samples / frame.sample_rate if frame.sample_rate else 0.0

    def result(self, stream: av.VideoStream, sounds: tuple[av.AudioStream, ...]) -> Verified:
        if not self.times:
            raise damaged(self.path, "no picture came out")
        times = sorted(self.times)
        rate = float(stream.average_rate or stream.guessed_rate or 25)
        span = times[-1] - times[0]
        return Verified(
            duration=self.end - times[0] if self.end > times[-1] else span + 1 / rate,
            frames=len(times),
            codec=stream.codec_context.codec.canonical_name,
            width=self.size[0],
            height=self.size[1],
            frame_rate=(len(times) - 1) / span if span > 0 else rate,
            audio_codec=sounds[0].codec_context.codec.canonical_name if sounds else "",
            audio_duration=self.samples,
            largest_gap=max((after - before for before, after in pairwise(times)), default=0.0),
        )


def _decode_all(
    container: av.container.InputContainer,
    stream: av.VideoStream,
    count: _Count,
    cancelled: Callable[[], bool],
) -> None:
    sounds = _sounds(container)
    for packet in container.demux([stream, *sounds]):
        if cancelled():
            raise UserError("Checking the clip was stopped.")
        for frame in packet.decode():
            if isinstance(frame, av.VideoFrame):
                count.picture(frame)
            elif isinstance(frame, av.AudioFrame):
                count.sound(frame)


def _sounds(container: av.container.InputContainer) -> tuple[av.AudioStream, ...]:
    return tuple(stream for stream in container.streams.audio[:1] if decodable(stream))


def _declared(container: av.container.InputContainer, stream: av.VideoStream) -> float | None:
    """Return the length that the file's own table of contents promises for the picture."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    tag = _TAGGED.fullmatch(stream.metadata.get("DURATION", ""))
    if tag:  # Matroska keeps the length of each stream as a text
        start = float((stream.start_time or 0) * (stream.time_base or 0))
        return int(tag[1]) * 3600 + int(tag[2]) * 60 + float(tag[3]) - start
    if container.duration and not container.streams.audio:
        return (container.duration - (container.start_time or 0)) / av.time_base
    return None


def _compare(
    path: str | Path, found: Verified, declared: float | None, expected: float | None, tolerance: float
) -> None:
    slack = max(tolerance, 2 / found.frame_rate if found.frame_rate else 0.1)
    if declared is not None and found.duration < declared - slack:
        raise damaged(path, f"{found.duration:.3f} s of {declared:.3f} s can be decoded")
    if expected is not None and abs(found.duration - expected) > tolerance:
        raise UserError(
            f"“{Path(path).name}” does not have the right length.",
            why=f"It lasts {found.duration:.2f} seconds where {expected:.2f} were expected.",
            next_step="Make it again.",
        )


def _never() -> bool:
    return False
