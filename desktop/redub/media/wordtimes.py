"""Words with their times: from espeak-ng's events to the words of the script, their signs and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from redub.core.ssml.document import PUNCTUATION, SENTENCE_ENDS
from redub.media.espeak import Utterance, WordEvent
from redub.media.runs import Run

_PLAIN_OPENERS = "“‘(（[【「『《¿¡"
_OPENING_SIGNS = _PLAIN_OPENERS + "\"'"
_SIGNS = frozenset(PUNCTUATION + _OPENING_SIGNS + "”’)）]】」』》—–-~～·")
_ABBREVIATIONS = frozenset({"mr", "mrs", "ms", "dr", "prof", "st", "vs", "no", "e.g", "i.e", "approx"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its time.

    :ivar text: as it is written, without the punctuation around it (as spoken, for an alias or a reading)
    :ivar start: seconds; so is `end`
    :ivar sentence: number of the sentence, from 0
    :ivar before: signs that open before it; `after` what follows up to the next word, spaces included
    :ivar source_start: offset in the script of what is written for it; `source_end` behind it
    """

    text: str
    start: float
    end: float
    sentence: int = 0
    before: str = ""
    after: str = ""
    source_start: int = 0
    source_end: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text with its punctuation, seconds, words."""

    text: str
    start: float
    end: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A word inside one run: its first unit and the one behind its last, seconds from the run's beginning."""

    first: int
    last: int
    start: float
    end: float


def sentences(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Group `words` by their sentences."""
    groups: dict[int, list[Word]] = {}
    for word in words:
        groups.setdefault(word.sentence, []).append(word)
    return tuple(
        Sentence(joined(group).strip(), group[0].start, group[-1].end, tuple(group))
        for group in groups.values()
    )


def joined(words: Sequence[Word]) -> str:
    """Write words one behind the other as in the script."""
    return "".join(word.before + word.text + word.after for word in words)


def heard_words(run: Run, places: Sequence[int], utterance: Utterance) -> list[Heard]:
    """Find the words of a run: at each word event, spaces deciding where they set words apart."""
    begins: list[tuple[int, float]] = []
    covered = 0
    for event in utterance.words:
        if event.position < covered or event.position >= len(places):
            continue
        covered = _covered(event, run, places)
        begins.append((_first_sound(run, places[event.position]), event.seconds))
    if not begins:
        return []
    ends = [first for first, _ in begins[1:]] + [len(run.units)]
    times = [seconds for _, seconds in begins[1:]] + [utterance.duration]
    found = [
        Heard(first, last, start, _sound_end(utterance, start, until))
        for (first, start), last, until in zip(begins, ends, times, strict=True)
    ]
    return [piece for one in found for piece in _single_words(run, one)] if run.spaced else found


def _first_sound(run: Run, unit: int) -> int:
    """Return the first unit from `unit` on that is no space: after an emoji the event stands on the space."""
    while unit + 1 < len(run.units) and run.units[unit].text.isspace():
        unit += 1
    return unit


def _single_words(run: Run, heard: Heard) -> Iterator[Heard]:
    """Part what espeak-ng spoke as one ("I am") into its words, by their letters."""
    starts = [heard.first]
    for place in range(heard.first + 1, heard.last):
        begins = run.units[place].text[:1].isalnum() and run.units[place - 1].text.isspace()
        if begins:
            starts.append(place)
    edges = [*starts, heard.last]
    letters = [sum(u.text[:1].isalnum() for u in run.units[a:b]) for a, b in pairwise(edges)]
    total, gone = max(1, sum(letters)), 0
    for (first, last), count in zip(pairwise(edges), letters, strict=True):
        start, end = (heard.start + (heard.end - heard.start) * part / total for part in (gone, gone + count))
        yield Heard(first, last, start, end if last < heard.last else heard.end)
        gone += count


def _covered(event: WordEvent, run: Run, places: Sequence[int]) -> int:
    """Return the position up to which further events belong to the same word."""
    end = event.position + max(1, event.length)
    unit = places[event.position]
    while end < len(places) and (places[end] == unit or (run.spaced and _joins(run, places[end]))):
        end += 1
    return end


def _joins(run: Run, unit: int) -> bool:
    """Say whether a unit goes on with the word before it: no space, and no given reading."""
    text = run.units[unit].text
    return not text.isspace() and not run.units[unit].phonemes and text not in "—–…"


def _sound_end(utterance: Utterance, start: float, until: float) -> float:
    """Return when the last sound between `start` and `until` has died away."""
    end, sounding = until, False
    for sound in utterance.phonemes:
        if not start <= sound.seconds < until:
            continue
        if sound.ipa:
            end, sounding = until, True
        elif sounding:
            end, sounding = sound.seconds, False
    return max(end, start)


def written_word(run: Run, heard: Heard, start: float, end: float) -> Word:
    """Write a word as the script does, at its times of the whole; the signs behind it stand in `after`."""
    units = run.units[heard.first : heard.last]
    size = len(units)
    while size > 1 and (units[size - 1].text.isspace() or units[size - 1].text in _SIGNS):
        size -= 1
    return Word(
        text="".join(unit.text for unit in units[:size]),
        start=start,
        end=end,
        after="".join(unit.text for unit in units[size:]),
        source_start=units[0].start,
        source_end=max(unit.end for unit in units[:size]),
    )


def with_sentences(words: Sequence[Word]) -> Iterator[Word]:
    """Give opening signs to the word that they open, and count the sentences."""
    sentence = 0
    before = ""
    for word in words:
        kept = word.after.rstrip(_OPENING_SIGNS)
        # A straight quotation mark opens only behind a space.
        opens = word.after[len(kept) :] if not kept or kept[-1:].isspace() else ""
        opens = opens or word.after[len(word.after.rstrip(_PLAIN_OPENERS)) :]
        after = word.after[: len(word.after) - len(opens)]
        yield replace(word, sentence=sentence, before=word.before + before, after=after)
        before = opens
        sentence += _ends_sentence(word.text, after)


def _ends_sentence(text: str, after: str) -> bool:
    if not any(sign in SENTENCE_ENDS for sign in after):
        return False
    shortened = text.rstrip(".").lower() in _ABBREVIATIONS and after.startswith(".")
    return not shortened
