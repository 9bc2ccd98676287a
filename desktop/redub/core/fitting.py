"""Fit: ways to let a script end before the first splice, each as a change of the take that one click makes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from redub.core.shot import Take
from redub.core.ssml.cutting import sentences
from redub.core.ssml.document import Document, Mark, parse, walk
from redub.core.ssml.estimate import Calibration, parts
from redub.core.ssml.spoken import pause_seconds

FASTEST = 1.5
_STEP = 0.05
_SHORTEST_PAUSE_MS = 50
_EDGE = 0.02


class Way(StrEnum):
    """How a script is made shorter."""

    SPEED = "speed"
    PAUSES = "pauses"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One way to fit.

    :ivar take: the take as it would be
    :ivar seconds: how long it would most likely speak
    :ivar fits: it ends before the splice; else it only comes nearer
    :ivar amount: the new speed, or how many pauses are shortened, or how many sentences are cut
    """

    way: Way
    take: Take
    seconds: float
    fits: bool
    amount: float


def proposals(
    take: Take, room: float, real: float | None = None, calibration: Calibration | None = None
) -> tuple[Proposal, ...]:
    """Return the ways to let `take` speak for no longer than `room` seconds, the gentlest first.

    :param real: how long it really speaks, None when it was never heard
    :param calibration: what is known of its voice
    """
    language = take.speech.language or ""
    found = parts(take.script, take.speech.speed, language)
    ratio = calibration.ratio if calibration else 1.0
    if real is not None and found.spoken and real > found.pauses:
        ratio = (real - found.pauses) / found.spoken
    spoken = found.spoken * ratio
    if spoken + found.pauses <= room:
        return ()
    fit = _Fit(take, room, spoken, found.pauses, ratio)
    ways = (*fit.by_pauses(), *fit.by_speed(), *fit.by_both(), *fit.by_cutting())
    return tuple(sorted(ways, key=lambda one: not one.fits))


@dataclass(frozen=True, slots=True)
class _Fit:
    take: Take
    room: float
    spoken: float
    pauses: float
    ratio: float

    def by_speed(self) -> Iterator[Proposal]:
        """Speak faster."""
        speed = self._speed_for(self.room - self.pauses)
        if speed is not None and speed > self.take.speech.speed:
            yield self._at_speed(self.take, speed, self.pauses, Way.SPEED)

    def by_pauses(self) -> Iterator[Proposal]:
        """Shorten the pauses, all by the same share."""
        if self.pauses <= 0:
            return
        left = max(0.0, self.room - self.spoken)
        script, count, pauses = shorter_pauses(self.take.script, left / self.pauses)
        if count:
            seconds = self.spoken + pauses
            yield Proposal(
                way=Way.PAUSES,
                take=replace(self.take, script=script),
                seconds=seconds,
                fits=seconds <= self.room + _EDGE,
                amount=count,
            )

    def by_both(self) -> Iterator[Proposal]:
        """Leave the pauses out and speak faster, where neither is enough by itself."""
        alone = [one.fits for one in (*self.by_speed(), *self.by_pauses())]
        if any(alone) or self.pauses <= 0:
            return
        script, _count, pauses = shorter_pauses(self.take.script, 0.0)
        speed = self._speed_for(self.room - pauses)
        if speed is not None and speed > self.take.speech.speed:
            both = self._at_speed(replace(self.take, script=script), speed, pauses, Way.SPEED)
            if both.fits:
                yield both

    def by_cutting(self) -> Iterator[Proposal]:
        """Leave out sentences at the end, as few as it takes."""
        cuts = sentence_ends(self.take.script)[:-1]
        for count, at in enumerate(reversed(cuts), 1):
            script = self.take.script[:at].rstrip()
            found = parts(script, self.take.speech.speed, self.take.speech.language or "")
            seconds = found.spoken * self.ratio + found.pauses
            if seconds <= self.room:
                cut = replace(self.take, script=script)
                yield Proposal(way=Way.CUT, take=cut, seconds=seconds, fits=True, amount=count)
                return

    def _speed_for(self, seconds: float) -> float | None:
        """Return the speed at which the words take `seconds`, in the slider's steps and within its range."""
        if seconds <= 0:
            return FASTEST
        wanted = self.take.speech.speed * self.spoken / seconds
        return min(FASTEST, round(math.ceil(round(wanted / _STEP, 6)) * _STEP, 2))

    def _at_speed(self, take: Take, speed: float, pauses: float, way: Way) -> Proposal:
        seconds = self.spoken * take.speech.speed / speed + pauses
        faster = replace(take, speech=replace(take.speech, speed=speed))
        return Proposal(
            way=way, take=faster, seconds=seconds, fits=seconds <= self.room + _EDGE, amount=speed
        )


def shorter_pauses(script: str, share: float) -> tuple[str, int, float]:
    """Return the script with every pause cut to `share` of its length, how many, and the seconds that are left.

    A pause that would be shorter than the service takes (50 ms) is left out.
    """
    pieces: list[str] = []
    place, count, left = 0, 0, 0.0
    for mark in _breaks(parse(script)):
        before = pause_seconds(mark)
        after = before * min(1.0, max(0.0, share))
        milliseconds = int(after * 100) * 10
        if before <= 0 or milliseconds >= before * 1000:
            left += before
            continue
        count += 1
        pieces.append(script[place : mark.start])
        if milliseconds >= _SHORTEST_PAUSE_MS:
            pieces.append(f'<break time="{milliseconds}ms"/>')
            left += milliseconds / 1000
        place = mark.end
    return "".join((*pieces, script[place:])), count, left


def sentence_ends(script: str) -> tuple[int, ...]:
    """Return the offsets behind each sentence of a script; () when marks stand around several of them."""
    ends: list[int] = []
    place = 0
    for sentence in sentences(script):
        found = script.find(sentence, place)
        if found < 0:
            return ()
        place = found + len(sentence)
        ends.append(place)
    return tuple(ends)


def _breaks(document: Document) -> Iterator[Mark]:
    marks = (node for node in walk(document.nodes) if isinstance(node, Mark))
    return (mark for mark in marks if mark.tag == "break")
