"""Subtitles (SRT) from word times, and back: lines that can be read in the time that they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redub.core.errors import UserError
from redub.core.ssml.document import PUNCTUATION
from redub.core.ssml.scripts import Script, script_of
from redub.media.wordtimes import Word, joined

LINE_WIDTH = 42.0
"""Latin characters in a line; a Chinese, Japanese or Korean character is as wide as 2.1, so 20 fill one."""

LINES = 2
SHORTEST, LONGEST = 1.0, 7.0
_WIDE = 2.1
_WIDE_SCRIPTS = frozenset({Script.HAN, Script.KANA, Script.HANGUL})
_WIDE_SIGNS = frozenset("，。！？；：、（）【】《》「」『』“”…—")
_LONG_REST = 1.2
_GAP = 0.04
_EARLIEST_BREAK = 0.35

_TIMES = re.compile(
    r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: seconds (three decimals), one or two lines of text."""

    start: float
    end: float
    text: str


def srt(words: Sequence[Word], *, until: float = math.inf) -> str:
    """Write the subtitles of spoken `words` as an SRT file's content; none stands longer than `until` (seconds)."""
    return write_srt([replace(cue, end=min(cue.end, until)) for cue in cues(words) if cue.start < until])


def write_srt(subtitles: Sequence[Cue]) -> str:
    """Write subtitles as an SRT file's content."""
    return "".join(
        f"{number}\n{_clock(cue.start)} --> {_clock(cue.end)}\n{cue.text}\n\n"
        for number, cue in enumerate(subtitles, 1)
    )


def parse_srt(text: str) -> tuple[Cue, ...]:
    """Read an SRT file's content; numbers may be missing or wrong, and line ends of any kind.

    :raises UserError: there is text, but no line with times in it
    """
    lines = text.removeprefix("\ufeff").splitlines()
    places = [index for index, line in enumerate(lines) if _TIMES.match(line.strip())]
    if not places:
        if not any(line.strip() for line in lines):
            return ()
        raise UserError(
            "This is not a subtitle file.",
            why="No line in it says from when to when a subtitle stands.",
            next_step="Choose an SRT file.",
        )
    ends = [*places[1:], len(lines)]
    return tuple(_cue(lines[place], lines[place + 1 : end]) for place, end in zip(places, ends, strict=True))


def cues(words: Sequence[Word]) -> tuple[Cue, ...]:
    """Group `words` into subtitles that end with a sentence or a clause where they can.

    One holds at most two lines, and stands for 1 to 7 seconds where the speech allows it.
    """
    groups = [group for part in _parts(words) for group in _fitting(part)]
    timed = [
        Cue(_millis(group[0].start), _millis(group[-1].end), _lines(group))
        for group in groups
        if joined(group).strip()
    ]
    return tuple(_lengthened(timed))


def _parts(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words between two ends of sentences or long rests; what is too short goes with the next."""
    part: list[Word] = []
    for word in words:
        if part and _parts_here(part, word):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _parts_here(part: Sequence[Word], word: Word) -> bool:
    if word.start - part[-1].end >= _LONG_REST:
        return True
    long_enough = word.start - part[0].start >= SHORTEST
    return word.sentence != part[-1].sentence and long_enough


def _fitting(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Cut words that are too many for one subtitle, behind the last clause that leaves enough before it."""
    left = list(words)
    while left:
        count = _most(left)
        if count < len(left):
            count = _best_break(left, count)
        yield left[:count]
        left = left[count:]


def _most(words: Sequence[Word]) -> int:
    """Return how many of `words` fit into one subtitle, at least one."""
    for count in range(1, len(words) + 1):
        group = words[:count]
        if len(_broken(group)) > LINES or group[-1].end - group[0].start > LONGEST:
            return max(1, count - 1)
    return len(words)


def _best_break(words: Sequence[Word], most: int) -> int:
    whole = _width(joined(words[:most]))
    for count in range(most, 0, -1):
        if _width(joined(words[:count])) < whole * _EARLIEST_BREAK:
            break
        if any(sign in PUNCTUATION for sign in words[count - 1].after):
            return count
    return most


def _lines(words: Sequence[Word]) -> str:
    """Write words in one line, or in two that are about equally long."""
    lines = _broken(words)
    if len(lines) == 1:
        return lines[0]
    best = min(range(1, len(words)), key=lambda count: _unevenness(words, count), default=0)
    if best and _unevenness(words, best) < float("inf"):
        return f"{joined(words[:best]).strip()}\n{joined(words[best:]).strip()}"
    return "\n".join(lines)


def _unevenness(words: Sequence[Word], count: int) -> float:
    """Say how badly a break behind `count` words would look: the longer line, less when a clause ends there."""
    widths = _width(joined(words[:count]).strip()), _width(joined(words[count:]).strip())
    if max(widths) > LINE_WIDTH:
        return float("inf")
    at_clause = any(sign in PUNCTUATION for sign in words[count - 1].after)
    return max(widths) - (LINE_WIDTH / 5 if at_clause else 0)


def _broken(words: Sequence[Word]) -> list[str]:
    """Fill lines word by word; a word that is wider than a line is cut."""
    lines: list[str] = [""]
    for word in words:
        piece = word.before + word.text + word.after
        if lines[-1] and _width((lines[-1] + piece).strip()) > LINE_WIDTH:
            lines.append("")
        lines[-1] += piece
    return [part for line in lines for part in _cut(line.strip())]


def _cut(line: str) -> Iterator[str]:
    while _width(line) > LINE_WIDTH:
        size = next(n for n in range(1, len(line) + 1) if _width(line[:n]) > LINE_WIDTH) - 1
        yield line[: max(1, size)]
        line = line[max(1, size) :]
    yield line


def _width(text: str) -> float:
    return sum(
        _WIDE if sign in _WIDE_SIGNS or script_of(sign) in _WIDE_SCRIPTS else 1.0 for sign in text.strip()
    )


def _lengthened(timed: Sequence[Cue]) -> Iterator[Cue]:
    """Let short subtitles stand longer where nothing follows at once."""
    for index, cue in enumerate(timed):
        limit = timed[index + 1].start - _GAP if index + 1 < len(timed) else cue.start + SHORTEST
        end = max(cue.end, min(cue.start + SHORTEST, limit))
        yield replace(cue, end=_millis(end))


def _cue(times: str, lines: Sequence[str]) -> Cue:
    found = _TIMES.match(times.strip())
    groups = found.groups() if found else ()
    return Cue(_seconds(groups[:4]), _seconds(groups[4:]), _body(lines))


def _body(lines: Sequence[str]) -> str:
    """Return the text of a subtitle: without the number of the next one and the blank lines before it."""
    kept = [line.strip() for line in lines]
    if len(kept) > 1 and kept[-1].isdigit() and not kept[-2]:
        kept.pop()
    return "\n".join(kept).strip("\n")


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, whole, fraction = (part or "0" for part in parts)
    return _millis(int(hours) * 3600 + int(minutes) * 60 + int(whole) + int(fraction.ljust(3, "0")) / 1000)


def _millis(seconds: float) -> float:
    return round(seconds, 3)


def _clock(seconds: float) -> str:
    total = round(seconds * 1000)
    minutes, rest = divmod(total, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02},{rest % 1000:03}"
