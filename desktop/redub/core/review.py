"""Judging a result sentence by sentence, and which moment of another picture belongs to a moment of the result.

Times are seconds. The result that is judged gives the time; what stands beside it is aligned to that by `Stretch`es.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from statistics import median

from redub.core.faces import Box, Look, driven_face
from redub.core.outputplan import OutputPlan

_HAIR = 0.001
"""Seconds: going backward, the picture on screen is the one whose time ends at the moment, not the one that begins."""
_ALIKE = 0.6
"""Sentences with so much in common (0 to 1) are the same one, reworded."""
_MOUTHS = 2.8
"""So many widths of a mouth are shown when only the mouth is."""
_LEAST_VIEW = 0.12
_MIDDLE = Box(0.3, 0.22, 0.4, 0.4)
"""What is shown of a picture in which nobody has looked for a mouth: a face in the usual place."""


class Verdict(StrEnum):
    """What the creator thinks of a sentence."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One subtitle of a result, and what was decided about it."""

    start: float
    end: float
    text: str
    verdict: Verdict = Verdict.OPEN
    note: str = ""

    @property
    def line(self) -> str:
        """Return the text on one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Review:
    """All sentences of one result, in the order of time."""

    sentences: tuple[Sentence, ...] = ()

    def judge(self, place: int, verdict: Verdict) -> Review:
        """Return the review with sentence `place` judged."""
        return self._with(place, replace(self.sentences[place], verdict=verdict))

    def remark(self, place: int, note: str) -> Review:
        """Return the review with a note on sentence `place`, "" for none."""
        return self._with(place, replace(self.sentences[place], note=note.strip()))

    def _with(self, place: int, sentence: Sentence) -> Review:
        return Review((*self.sentences[:place], sentence, *self.sentences[place + 1 :]))

    @property
    def redo(self) -> tuple[int, ...]:
        """Return the places of the sentences that are to be made again."""
        return tuple(n for n, one in enumerate(self.sentences) if one.verdict is Verdict.REDO)

    def count(self, verdict: Verdict) -> int:
        """Return how many sentences were judged so."""
        return sum(one.verdict is verdict for one in self.sentences)

    @property
    def is_begun(self) -> bool:
        """Say whether anything was judged or noted."""
        return any(one.verdict is not Verdict.OPEN or one.note for one in self.sentences)

    def at(self, seconds: float) -> int:
        """Return the place of the sentence that is spoken at `seconds`, the last one begun; -1 before the first."""
        return bisect.bisect_right([one.start for one in self.sentences], seconds + _HAIR) - 1

    def phrase(self, place: int) -> tuple[float, float]:
        """Return from when to when sentence `place` is heard."""
        return self.sentences[place].start, self.sentences[place].end

    def taken_over(self, sentences: Sequence[Sentence]) -> Review:
        """Return `sentences` with what was decided here about the same ones (same text, in the same order)."""
        judged = list(sentences)
        for mine, other in _same(self.sentences, sentences):
            judged[other] = replace(
                sentences[other], verdict=self.sentences[mine].verdict, note=self.sentences[mine].note
            )
        return Review(tuple(judged))


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end` of the result another picture runs from `source` on.

    :ivar direction: 1 forward, -1 backward, 0 it stands still and is silent
    """

    start: float
    end: float
    source: float
    direction: int = 1


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which moment of a picture belongs to each moment of the result; the stretches leave no gap."""

    stretches: tuple[Stretch, ...]

    def at(self, seconds: float) -> Stretch:
        """Return the stretch in which the moment lies; the ends hold the nearest."""
        place = bisect.bisect_right([one.start for one in self.stretches], seconds + 1e-9) - 1
        return self.stretches[max(0, place)]

    def moment(self, seconds: float) -> float:
        """Return the moment of the other picture that belongs to `seconds` of the result."""
        here = self.at(seconds)
        gone = min(max(0.0, seconds - here.start), here.end - here.start)
        return max(0.0, here.source + here.direction * gone - (_HAIR if here.direction < 0 else 0.0))


def as_it_is(seconds: float) -> Alignment:
    """Return the alignment of the result with itself."""
    return Alignment((Stretch(0.0, seconds, 0.0),))


def by_plan(plan: OutputPlan) -> Alignment:
    """Return how the reference runs under a result: the frame of it that each frame of the result was made from."""
    return Alignment(
        tuple(Stretch(one.out_start, one.out_end, one.ref_start, one.direction) for one in plan.spans)
    )


def by_sentence(
    main: Sequence[Sentence], other: Sequence[Sentence], seconds: float, other_seconds: float
) -> Alignment:
    """Return how another take runs beside the result: each sentence begins where the same one does.

    Where the other take does not say a sentence it stands still. Without a sentence in common both simply run from
    their beginning.

    :param seconds: length of the result; `other_seconds` that of the other take
    """
    pairs = dict(_alike(main, other))
    if not pairs:
        return Alignment(tuple(_run(0.0, seconds, 0.0, other_seconds)))
    return Alignment(tuple(_sentence_by_sentence(main, other, pairs, seconds, other_seconds)))


def _sentence_by_sentence(
    main: Sequence[Sentence],
    other: Sequence[Sentence],
    pairs: dict[int, int],
    seconds: float,
    other_seconds: float,
) -> Iterator[Stretch]:
    source = 0.0
    if main[0].start > 0:
        lead = other[pairs[0]].start if 0 in pairs else 0.0
        yield from _lead_in(main[0].start, lead)
    for place, sentence in enumerate(main):
        end = main[place + 1].start if place + 1 < len(main) else seconds
        if end <= sentence.start:
            continue
        if place not in pairs:
            yield Stretch(sentence.start, end, source, 0)
            continue
        begin, follower = other[pairs[place]].start, pairs[place] + 1
        stop = other[follower].start if follower < len(other) else other_seconds
        yield from _run(sentence.start, end, begin, stop)
        source = min(stop, begin + end - sentence.start)


def _lead_in(seconds: float, lead: float) -> Iterator[Stretch]:
    """Yield what runs before the first sentence, so that both arrive at it together."""
    if lead < seconds:
        yield Stretch(0.0, seconds - lead, 0.0, 0)
    if lead > 0:
        yield Stretch(max(0.0, seconds - lead), seconds, max(0.0, lead - seconds))


def _run(start: float, end: float, source: float, stop: float) -> Iterator[Stretch]:
    """Yield a run from `source` on, that stands still once it is at `stop`."""
    runs = min(end, start + max(0.0, stop - source))
    if runs > start:
        yield Stretch(start, runs, source)
    if runs < end:
        yield Stretch(runs, end, stop, 0)


def _alike(one: Sequence[Sentence], other: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences that both have, and of those that were changed a little in between."""
    mine, others = [_letters(each.text) for each in one], [_letters(each.text) for each in other]
    for tag, begin, end, other_begin, other_end in SequenceMatcher(
        a=mine, b=others, autojunk=False
    ).get_opcodes():
        if tag not in {"equal", "replace"}:
            continue
        follower = other_begin
        for place in range(begin, end):
            alike = (at for at in range(follower, other_end) if _likeness(mine[place], others[at]) >= _ALIKE)
            found = next(alike, None)
            if found is not None:
                yield place, found
                follower = found + 1


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(a=one, b=other, autojunk=False).ratio()


def _same(one: Sequence[Sentence], other: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences that both have, in their order."""
    mine, others = [_letters(each.text) for each in one], [_letters(each.text) for each in other]
    for block in SequenceMatcher(a=mine, b=others, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield block.a + step, block.b + step


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def mouth_view(looks: Sequence[Look], person: int | None, seconds: float) -> Box:
    """Return the part of the picture around the mouth at `seconds` of the clip that was looked at.

    It moves smoothly from look to look, has the picture's own shape, and lies inside of it.
    """
    seen = [(look.time, face.mouth) for look in looks if (face := driven_face(look, person)) is not None]
    if not seen:
        return _MIDDLE
    side = min(1.0, max(_LEAST_VIEW, _MOUTHS * median(mouth.width for _time, mouth in seen)))
    across, down = _between(seen, seconds)
    return Box(_held(across - side / 2, 1 - side), _held(down - side / 2, 1 - side), side, side)


def _between(seen: Sequence[tuple[float, Box]], seconds: float) -> tuple[float, float]:
    place = bisect.bisect_left([time for time, _mouth in seen], seconds)
    (begin, before), (end, after) = seen[max(0, place - 1)], seen[min(place, len(seen) - 1)]
    part = (seconds - begin) / (end - begin) if end > begin else 0.0
    part = min(1.0, max(0.0, part))
    (left, top), (right, bottom) = before.middle, after.middle
    return left + (right - left) * part, top + (bottom - top) * part


def _held(value: float, highest: float) -> float:
    return min(max(0.0, value), highest)
