"""EDL with marks, as DaVinci Resolve writes and reads them: one event a mark, its length in frames behind ``|D:``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from redub.core.errors import UserError
from redub.core.marklist import Marked, MarkList

_EVENT = re.compile(r"^\d+\s+\S+\s+\S+\s+C\b.*?(\d+):(\d+):(\d+)[:;](\d+)\s+\d+:\d+:\d+[:;]\d+\s*$")
_MARK = re.compile(r"\|M:(?P<name>[^|]*?)\s*\|D:(?P<frames>\d+)")


def write_marks(marks: MarkList) -> bytes:
    """Return the list; timecodes begin at 00:00:00:00 and count whole frames, without dropping numbers."""
    lines = [f"TITLE: {Path(marks.path).stem}", "FCM: NON-DROP FRAME", ""]
    for number, mark in enumerate(marks.marks, 1):
        begin = round(mark.start * marks.rate)
        count = max(1, round((mark.end - mark.start) * marks.rate))
        reach = f"{_timecode(begin, marks.rate)} {_timecode(begin + 1, marks.rate)}"
        colour = "ResolveColorGreen" if mark.is_segment else "ResolveColorRed"
        lines += [f"{number:03}  001      V     C        {reach} {reach}  "]
        lines += [f" |C:{colour} |M:{mark.name} |D:{count}", ""]
    return ("\r\n".join(lines) + "\r\n").encode()


def read_marks(data: bytes, rate: float) -> tuple[Marked, ...]:
    """Return the marks of a list whose frames run at `rate`.

    :raises UserError: there is no mark in it
    """
    found = tuple(_marks(data.decode("utf-8-sig", errors="replace").splitlines(), rate))
    if not found:
        raise UserError(
            "No marks were found in this EDL.",
            why="Marks stand behind “|M:” and “|D:”, as DaVinci Resolve exports them.",
            next_step="Export the markers of the timeline as an EDL, then import that.",
        )
    return found


def _marks(lines: list[str], rate: float) -> Iterator[Marked]:
    begin: int | None = None
    for line in lines:
        event, mark = _EVENT.match(line), _MARK.search(line)
        if event:
            hours, minutes, seconds, frames = map(int, event.groups())
            begin = ((hours * 60 + minutes) * 60 + seconds) * round(rate) + frames
        elif mark and begin is not None:
            yield Marked(mark["name"], begin / rate, (begin + int(mark["frames"])) / rate)


def _timecode(frame: int, rate: float) -> str:
    base = round(rate)
    seconds, rest = divmod(frame, base)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{rest:02}"
