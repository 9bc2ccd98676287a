"""Seconds as the API page has them (three decimals), and the notations in which a person reads and types them."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Sequence
from enum import StrEnum

_CLOCK = re.compile(r"^(?:(?:(?P<hours>\d+):)?(?P<minutes>\d+):)?(?P<seconds>\d+(?:[.,]\d*)?|[.,]\d+)\s*s?$")
_FRAMES = re.compile(r"^f\s*(?P<frame>\d+)$|^(?P<number>\d+)\s*f$", re.IGNORECASE)


_HALF_MILLISECOND = 0.0005
_MINUTE = 60.0


class Notation(StrEnum):
    """The ways in which the ruler can name a moment."""

    SECONDS = "seconds"
    CLOCK = "clock"
    TIMECODE = "timecode"
    FRAMES = "frames"


def millis(seconds: float) -> float:
    """Round `seconds` to the three decimals that the service takes (StartTime, EndTime)."""
    return round(float(seconds), 3) + 0.0


def show(seconds: float, notation: Notation = Notation.SECONDS, fps: float = 25.0) -> str:
    """Write a moment in `notation`; negative moments keep their sign."""
    if seconds < 0:
        return "-" + show(-seconds, notation, fps)
    if notation is Notation.SECONDS:
        return f"{millis(seconds):.3f}"
    if notation is Notation.FRAMES:
        return f"f{frame_at(seconds, fps)}"
    if notation is Notation.CLOCK:
        return _clock(seconds)
    return _timecode(seconds, fps)


def frame_at(seconds: float, fps: float) -> int:
    """Return which frame is on screen at `seconds`, counted from 0.

    Half a millisecond counts as equal, because moments are picked and sent with three decimals.
    """
    return math.floor((seconds + _HALF_MILLISECOND) * fps + 1e-9)


def show_length(seconds: float, notation: Notation = Notation.SECONDS, fps: float = 25.0) -> str:
    """Write how long something lasts in `notation`; up to a minute "7.430 s" is plainer than a clock."""
    if notation is Notation.SECONDS or (notation is Notation.CLOCK and seconds < _MINUTE):
        return f"{millis(seconds):.3f} s"
    if notation is Notation.FRAMES:
        return f"{frame_at(seconds, fps)} f"
    return show(seconds, notation, fps)


def stepped(times: Sequence[float], seconds: float, frames: int) -> float:
    """Return the moment `frames` pictures further, where a picture begins; held inside `times`.

    :param times: when each picture appears, in order, and the end of the last one; not empty
    """
    after = bisect.bisect_right(times, seconds + _HALF_MILLISECOND)
    begins_here = after > 0 and seconds - times[after - 1] <= _HALF_MILLISECOND
    place = after - 1 + frames if frames > 0 or begins_here else after + frames
    return times[min(max(0, place), len(times) - 1)]


def frame_number(text: str) -> int | None:
    """Read a typed frame, "f181" or "181f"; None if it is none."""
    frame = _FRAMES.match(text.strip())
    return int(frame["frame"] or frame["number"]) if frame else None


def _clock(seconds: float) -> str:
    total = round(seconds * 1000)
    minutes, rest = divmod(total, 60_000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    return f"{head}:{rest / 1000:06.3f}"


def _timecode(seconds: float, fps: float) -> str:
    rate = max(1, round(fps))
    frames = frame_at(seconds, fps)
    whole, frame = divmod(frames, rate)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}:{frame:02}"


def parse(text: str, fps: float = 25.0) -> float | None:
    """Read a typed moment: "7.24", "7,24", "1:02.5", "0:01:02.5", "00:00:07:06" or "f181"; None if it is none."""
    cleaned = text.strip()
    frame = frame_number(cleaned)
    if frame is not None:
        return millis(frame / fps)
    if cleaned.count(":") + cleaned.count(";") == 3:
        return _parse_timecode(cleaned, fps)
    clock = _CLOCK.match(cleaned)
    if not clock:
        return None
    hours, minutes = int(clock["hours"] or 0), int(clock["minutes"] or 0)
    return millis(hours * 3600 + minutes * 60 + float(clock["seconds"].replace(",", ".")))


def _parse_timecode(text: str, fps: float) -> float | None:
    parts = text.replace(";", ":").split(":")
    if not all(part.isdigit() for part in parts):
        return None
    hours, minutes, seconds, frame = (int(part) for part in parts)
    rate = max(1, round(fps))
    return millis(((hours * 3600 + minutes * 60 + seconds) * rate + frame) / fps)
