"""The table of a clip's pictures, read from packets without decoding: when each is shown, where to enter."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import av
from av.container import InputContainer

from redub.core.errors import UserError
from redub.media.opening import need_picture, only, open_clip

if TYPE_CHECKING:  # PyAV's classes are generic in its stubs only
    _Packet: TypeAlias = av.Packet[av.VideoStream]

# These store no time of showing, or one that is wrong with B-frames: pictures are counted instead.
_COUNTED = frozenset({"avi", "h264", "hevc", "mpegvideo", "m4v", "obu"})
_INDEXED_BY_PTS = frozenset({"matroska,webm", "ogg", "asf", "nut"})
_QUICKTIME = "mov,mp4,m4a,3gp,3g2,mj2"
_MOST_DELAYED = 20
"""Pictures by which an edit list and B-frames may put the clock of QuickTime's index ahead of that of showing."""
_WHOLE = 64 * 1024 * 1024
_SAMPLE_PACKETS = 300
_TAIL_SECONDS = 10
_ROUNDING_TICKS = 2
_ROUNDING_PART = 0.1
HALF_MILLISECOND = 0.0005 + 1e-6


@dataclass(frozen=True, slots=True)
class PictureTable:
    """When each picture of a stream is shown, in ticks of its time base, in the order of showing.

    :ivar pts: ticks of the pictures that are shown (an edit list may hide others)
    :ivar keys: ticks of the pictures at which decoding can begin, hidden ones too
    :ivar entries: for each of `keys` the tick to seek to; formats differ in the clock of their index
    :ivar last: ticks for which the last picture is shown
    :ivar counted: the ticks are those of decoding; the n-th picture that comes out is the n-th of `pts`
    """

    time_base: Fraction
    pts: Sequence[int]
    keys: Sequence[int]
    entries: Sequence[int]
    last: int
    counted: bool = False

    @property
    def start(self) -> float:
        """Return the PTS of the first picture in seconds."""
        return float(self.pts[0] * self.time_base)

    @property
    def duration(self) -> float:
        """Return the seconds from the first picture shown to the end of the last."""
        return float((self.pts[-1] - self.pts[0] + self.last) * self.time_base)

    @property
    def rate(self) -> float:
        """Return the average pictures a second."""
        span = float((self.pts[-1] - self.pts[0]) * self.time_base)
        if span <= 0:
            return float(1 / (self.last * self.time_base)) if self.last > 0 else 0.0
        return (len(self.pts) - 1) / span

    @property
    def usual_step(self) -> int:
        """Return the ticks from one picture to the next, as most are; at least 1."""
        return (
            max(1, int(median(after - before for before, after in pairwise(self.pts)))) if self.pts[1:] else 1
        )

    @property
    def variable(self) -> bool:
        """Say whether the distances differ by more than the rounding of the time base."""
        if len(self.pts) < 3:
            return False
        step = (self.pts[-1] - self.pts[0]) / (len(self.pts) - 1)
        usual = median(after - before for before, after in pairwise(self.pts))
        allowed = max(_ROUNDING_TICKS, _ROUNDING_PART * usual)
        uneven = any(abs(after - before - usual) > allowed for before, after in pairwise(self.pts))
        drift = max(abs(tick - self.pts[0] - place * step) for place, tick in enumerate(self.pts))
        return uneven or drift > max(_ROUNDING_TICKS, usual / 2)

    @property
    def keyframe_distance(self) -> float:
        """Return the longest way in seconds between two places to enter; the whole clip when there is one."""
        edges = [*self.keys, self.pts[-1] + self.last]
        longest = max((after - before for before, after in pairwise(edges[: len(self.keys)])), default=0)
        return float((longest or edges[-1] - edges[0]) * self.time_base)

    def times(self) -> list[float]:
        """Return the times of showing in seconds, counted from the first picture."""
        base, first = float(self.time_base), self.pts[0]
        return [(tick - first) * base for tick in self.pts]

    def key_for(self, tick: int) -> int:
        """Return the tick at which decoding has to begin to get the picture at `tick`."""
        return self.keys[max(0, bisect.bisect_right(self.keys, tick) - 1)]

    def entry_for(self, tick: int) -> int:
        """Return the tick to seek to for that."""
        return self.entries[max(0, bisect.bisect_right(self.keys, tick) - 1)]


def place_at(times: Sequence[float], seconds: float, *, before: bool = False) -> int:
    """Return which picture is on screen at `seconds`; with `before`, whose showing ends there.

    Half a millisecond counts as equal, because moments are picked and sent with three decimals.
    """
    if before:
        place = bisect.bisect_left(times, seconds - HALF_MILLISECOND) - 1
    else:
        place = bisect.bisect_right(times, seconds + HALF_MILLISECOND) - 1
    return min(max(0, place), len(times) - 1)


class Stopped(Exception):
    """Nobody wants the table any more."""


def whole_table(
    container: InputContainer, stream: av.VideoStream, cancelled: Callable[[], bool] | None = None
) -> PictureTable:
    """Read every packet of `stream` (no decoding; about 1 ms for each second of 1080p video), and keep none.

    :raises Stopped: `cancelled` said so
    """
    only(container, stream)
    table = _table(container, stream, _pictures(container, stream, cancelled))
    if container.format.name != _QUICKTIME:
        return table
    shift = _quicktime_shift(container, stream, table)
    return replace(table, entries=array("q", [key + shift for key in table.keys]))


def _pictures(
    container: InputContainer, stream: av.VideoStream, cancelled: Callable[[], bool] | None
) -> Iterator[_Packet]:
    for packet in container.demux(stream):
        if cancelled is not None and cancelled():
            raise Stopped
        if _is_picture(packet):
            yield packet


def _quicktime_shift(container: InputContainer, stream: av.VideoStream, table: PictureTable) -> int:
    """Return how many ticks behind a key's PTS one has to seek to land on it, and not on the key before.

    FFmpeg's demuxer takes the tick for a PTS and subtracts the largest delay of the file, with that of an edit list.
    """
    if len(table.keys) < 2:
        return 0
    key, step = table.keys[-1], table.usual_step
    for pictures in range(_MOST_DELAYED):
        container.seek(key + pictures * step, stream=stream, backward=True)
        packet = next(container.demux(stream), None)
        if packet is not None and packet.pts == key:
            return pictures * step
    return 0


def packet_sizes(path: str | Path) -> list[int]:
    """Return the bytes of each stored picture of the clip at `path`, in the order of the file."""
    with open_clip(path) as container:
        stream = need_picture(container, path)
        entries = stream.index_entries
        if container.format.name == _QUICKTIME and len(entries) >= stream.frames > 0:
            return [entry.size for entry in entries]
        only(container, stream)
        return [packet.size for packet in container.demux(stream) if _is_picture(packet)]


@dataclass(frozen=True, slots=True)
class Timing:
    """What the table says in a few numbers; seconds, pictures a second, number of pictures."""

    start: float
    duration: float
    rate: float
    variable: bool
    frames: int
    keyframe_distance: float


def timing(container: InputContainer, stream: av.VideoStream, size: int) -> Timing:
    """Measure `stream`: from all packets of a small file, from the first and last ones of a large file."""
    if size <= _WHOLE:
        return _timing(whole_table(container, stream))
    only(container, stream)
    packets = _first_packets(container, stream)
    sample = _table(container, stream, packets)
    ends = _table(container, stream, packets + _tail(container, stream, packets))
    frames = _indexed(stream) or max(1, round(ends.duration * sample.rate))
    return replace(_timing(sample), duration=ends.duration, frames=frames)


def _timing(table: PictureTable) -> Timing:
    return Timing(
        table.start, table.duration, table.rate, table.variable, len(table.pts), table.keyframe_distance
    )


def _first_packets(container: InputContainer, stream: av.VideoStream) -> list[_Packet]:
    found: list[_Packet] = []
    for packet in container.demux(stream):
        if _is_picture(packet):
            found.append(packet)
            if len(found) >= _SAMPLE_PACKETS:
                break
    return found


def _tail(container: InputContainer, stream: av.VideoStream, head: Sequence[_Packet]) -> list[_Packet]:
    base = stream.time_base or Fraction(1, 1000)
    length = stream.duration or (int((container.duration or 0) / av.time_base / base) or 0)
    last_seen = max((p.pts if p.pts is not None else p.dts or 0) for p in head)
    target = max(last_seen, (stream.start_time or 0) + length - int(_TAIL_SECONDS / base))
    container.seek(target, stream=stream, backward=True)
    return [p for p in container.demux(stream) if _is_picture(p)]


def _indexed(stream: av.VideoStream) -> int:
    """Return how many pictures the file's own index shows; 0 when it has none or not of all."""
    if stream.frames <= 0 or len(stream.index_entries) < stream.frames:
        return 0
    return sum(not entry.is_discard for entry in stream.index_entries)


def _is_picture(packet: _Packet) -> bool:
    return packet.size > 0 and (packet.pts is not None or packet.dts is not None)


def _table(container: InputContainer, stream: av.VideoStream, packets: Iterable[_Packet]) -> PictureTable:
    counted = container.format.name in _COUNTED
    ticks: dict[int, int] = {}
    keys: dict[int, int] = {}
    by_pts = container.format.name in _INDEXED_BY_PTS
    for packet in packets:
        tick = packet.dts if counted or packet.pts is None else packet.pts
        if tick is None:
            continue
        if packet.is_keyframe:
            keys[tick] = tick if by_pts or packet.dts is None else packet.dts
        if not packet.is_discard:
            ticks[tick] = packet.duration or 0
    if not ticks:
        raise UserError(
            "The clip has no pictures.",
            why="Its list of pictures is empty; recording it was probably interrupted.",
            next_step="Choose another clip.",
        )
    pts = array("q", sorted(ticks))  # hours of pictures: 8 bytes each
    keys = keys or {pts[0]: pts[0]}
    return PictureTable(
        time_base=stream.time_base or Fraction(1, 1000),
        pts=pts,
        keys=array("q", sorted(keys)),
        entries=array("q", [keys[tick] for tick in sorted(keys)]),
        last=_last(pts, ticks[pts[-1]], stream),
        counted=counted,
    )


def _last(pts: Sequence[int], stored: int, stream: av.VideoStream) -> int:
    """Return for how many ticks the last picture is shown: as stored, else as long as usual."""
    if stored > 0:
        return stored
    if len(pts) > 1:
        return int(median(after - before for before, after in pairwise(pts)))
    rate = stream.average_rate or Fraction(25)
    return max(1, round(1 / (rate * (stream.time_base or Fraction(1, 1000)))))
