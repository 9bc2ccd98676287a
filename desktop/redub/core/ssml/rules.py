"""The rules that belong to one mark each: lengths of pauses, pinyin, kinds of reading."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from redub.core.ssml import pinyin, sayas
from redub.core.ssml.document import Document, Mark, punctuation_tail, spoken_text
from redub.core.ssml.problems import Problem, Replacement, problem
from redub.core.ssml.scripts import Script, is_han, script_of
from redub.core.ssml.tokens import Attribute, decode, escape_value
from redub.core.ssml.vocabulary import BREAK_MILLISECONDS, BREAK_SECONDS, SAY_AS_KINDS, STRENGTHS

_USUAL_LENGTH = "500ms"
_LENGTH = re.compile(r"(\d{1,9})(ms|s)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands: what encloses it, what was heard before it, and the source."""

    source: str
    outer: tuple[Mark, ...]
    before: str


def break_seconds(time: str) -> float | None:
    """Return the seconds of a pause's length ("500ms", "2s"), or None when it is not a possible one."""
    found = _LENGTH.fullmatch(time)
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    low, high = BREAK_SECONDS if unit == "s" else BREAK_MILLISECONDS
    return number / (1 if unit == "s" else 1000) if low <= number <= high else None


def _break_problems(mark: Mark, written: Mapping[str, Attribute], place: Place) -> Iterator[Problem]:
    time, strength = written.get("time"), written.get("strength")
    if time and break_seconds(time.value) is None:
        yield _value_problem("break_time", time, _nearest_length(time.value) or _USUAL_LENGTH)
    if strength and strength.value not in STRENGTHS:
        near = difflib.get_close_matches(strength.value.lower(), STRENGTHS, n=1)
        yield _value_problem("break_strength", strength, near[0] if near else None)
    if time and strength:
        cut = (strength.start - 1, strength.end, "")
        yield problem("break_both", strength.start, strength.end, cut)
    yield from _break_place_problems(mark, place)


def _break_place_problems(mark: Mark, place: Place) -> Iterator[Problem]:
    if not place.before.strip():
        yield problem("break_at_start", mark.start, mark.end, (mark.start, mark.end, ""))
        return
    tail = punctuation_tail(place.before.rstrip())
    if not tail:
        return
    before = place.source[: mark.start]
    spaces = len(before) - len(before.rstrip())
    moved = before[len(before) - spaces - tail :]
    # Only when the punctuation stands right there: coded signs and marks between are left to the creator.
    near = moved.rstrip() == place.before.rstrip()[-tail:]
    start = mark.start - len(moved)
    pause = place.source[mark.start : mark.end]
    instead = (start, mark.end, pause + moved) if near else None
    yield problem("break_after_punctuation", mark.start, mark.end, instead)


def _value_problem(code: str, attribute: Attribute, value: str | None) -> Problem:
    instead = (attribute.value_start, attribute.value_end, escape_value(value)) if value else None
    return problem(code, attribute.value_start, attribute.value_end, instead, value=attribute.value)


def _nearest_length(value: str) -> str | None:
    """Return the possible length that is nearest to what was written, or None when no number is in it."""
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*(ms|msec|s|sec|秒|毫秒)?\s*", value, re.IGNORECASE)
    if not found:
        return None
    number, unit = float(found[1]), (found[2] or "").lower()
    is_ms = unit in {"ms", "msec", "毫秒"} or (not unit and number >= BREAK_MILLISECONDS[0])
    milliseconds = round(number if is_ms else number * 1000)
    low, high = BREAK_MILLISECONDS
    return f"{min(high, max(low, milliseconds))}ms"


def _phoneme_problems(mark: Mark, written: Mapping[str, Attribute], place: Place) -> Iterator[Problem]:
    alphabet, ph = written.get("alphabet"), written.get("ph")
    if alphabet and alphabet.value != "py":
        yield _value_problem("phoneme_alphabet", alphabet, "py")
    if ph:
        yield from _syllable_problems(mark, ph, place)
        yield from _reading_problems(mark, ph, place)


def _syllable_problems(mark: Mark, ph: Attribute, place: Place) -> Iterator[Problem]:
    """Find syllables that are none; where nobody can say what was meant, the way out is to take the reading away."""
    raw = place.source[ph.value_start : ph.value_end]
    exact = decode(raw).text == raw
    for found in re.finditer(r"\S+", ph.value):
        start = ph.value_start + found.start() if exact else ph.value_start
        end = ph.value_start + found.end() if exact else ph.value_end
        if not pinyin.has_tone(found[0]):
            meant = pinyin.numbered(found[0])
            clear = exact and pinyin.has_tone(meant)
            instead = (start, end, meant) if clear else _unmarked(mark, place)
            yield problem("phoneme_tone", start, end, instead, value=found[0])
        elif not pinyin.is_syllable(found[0]):
            near = _near_syllable(found[0]) if exact else None
            instead = (start, end, near) if near else _unmarked(mark, place)
            yield problem("phoneme_syllable", start, end, instead, value=found[0])


def _near_syllable(syllable: str) -> str | None:
    """Return the syllable of Mandarin that a slip of the pen is nearest to, with its tone."""
    plain = pinyin.sound(syllable)
    near = difflib.get_close_matches(plain, sorted(pinyin.SYLLABLES), n=1, cutoff=0.7)
    return near[0] + syllable[-1] if near else None


def _reading_problems(mark: Mark, ph: Attribute, place: Place) -> Iterator[Problem]:
    text = spoken_text(Document("", mark.children)).strip()
    if not text:
        return
    scripts = {script_of(sign) for sign in text}
    syllables = pinyin.split(ph.value)
    where = (mark.inner_start, mark.inner_end)
    if scripts != {Script.HAN}:
        yield problem("phoneme_not_chinese", *where, _unmarked(mark, place))
    elif len(syllables) != len(text):
        count = {"characters": len(text), "syllables": len(syllables)}
        yield problem("phoneme_count", *where, _unmarked(mark, place), **count)
    elif len(text) > 1:
        single = "".join(phoneme(sign, syllable) for sign, syllable in zip(text, syllables, strict=True))
        yield problem("phoneme_length", *where, (mark.start, mark.end, single), characters=len(text))


def _unmarked(mark: Mark, place: Place) -> Replacement:
    """Take the mark away and keep its words: the way out where nobody but the creator can say what is meant."""
    return (mark.start, mark.end, place.source[mark.inner_start : mark.inner_end])


def phoneme(sign: str, syllable: str) -> str:
    """Write one character with its pinyin."""
    return f'<phoneme alphabet="py" ph="{escape_value(syllable)}">{sign}</phoneme>'


def _word_problems(mark: Mark, _written: Mapping[str, Attribute], place: Place) -> Iterator[Problem]:
    scripts = {script_of(sign) for sign in spoken_text(Document("", mark.children))}
    if Script.HAN in scripts and Script.LATIN in scripts:
        yield problem("word_mixed", mark.inner_start, mark.inner_end, _words_apart(mark, place))


def _words_apart(mark: Mark, place: Place) -> Replacement:
    """Give the Chinese and the other words a mark of their own; marks inside are left to the creator."""
    inside = place.source[mark.inner_start : mark.inner_end]
    if "<" in inside or "&" in inside:
        return _unmarked(mark, place)
    runs = ("".join(run) for _is, run in itertools.groupby(inside, key=is_han))
    return (mark.start, mark.end, "".join(f"<word>{run}</word>" if run.strip() else run for run in runs))


def _sub_problems(mark: Mark, written: Mapping[str, Attribute], place: Place) -> Iterator[Problem]:
    alias = written.get("alias")
    if alias and not alias.value.strip():
        yield problem("sub_alias", alias.start, alias.end, _unmarked(mark, place))


def _say_as_problems(mark: Mark, written: Mapping[str, Attribute], place: Place) -> Iterator[Problem]:
    kind = written.get("interpret-as")
    if not kind:
        return
    if kind.value not in SAY_AS_KINDS:
        near = difflib.get_close_matches(kind.value.lower(), SAY_AS_KINDS, n=1)
        text = spoken_text(Document("", mark.children)).strip()
        named = (kind.value_start, kind.value_end, near[0]) if near else None
        instead = named or _other_kind(mark, kind, text, place)
        kinds = ", ".join(SAY_AS_KINDS)
        yield problem("say_as_kind", kind.value_start, kind.value_end, instead, value=kind.value, kinds=kinds)
        return
    text = spoken_text(Document("", mark.children)).strip()
    rule = SAY_AS_KINDS[kind.value]
    if text and not sayas.fits(kind.value, text):
        yield problem(
            "say_as_content",
            mark.inner_start,
            mark.inner_end,
            _other_kind(mark, kind, text, place),
            text=text[:40],
            kind=rule.fits,
            hint=f'Write {rule.fits}, or choose another kind than "{rule.label}".',
        )


def _other_kind(mark: Mark, kind: Attribute, text: str, place: Place) -> Replacement:
    """Read it as what it most likely is, or leave it to the voice."""
    likely = sayas.likely_kind(text)
    if likely in {"date", "time", "currency", "cardinal"}:
        return (kind.value_start, kind.value_end, likely)
    return _unmarked(mark, place)


def _speak_problems(mark: Mark, _written: Mapping[str, Attribute], place: Place) -> Iterator[Problem]:
    around = place.source[: mark.start] + place.source[mark.end :]
    if place.outer or around.strip():
        inside = place.source[mark.inner_start : mark.inner_end]
        end = mark.start + len(mark.opening)
        yield problem("speak_not_root", mark.start, end, (mark.start, mark.end, inside))


def _action_problems(mark: Mark, _written: Mapping[str, Attribute], _place: Place) -> Iterator[Problem]:
    yield problem("insert_action_no_effect", mark.start, mark.end, (mark.start, mark.end, ""))


RULES: Mapping[str, Callable[[Mark, Mapping[str, Attribute], Place], Iterator[Problem]]] = {
    "break": _break_problems,
    "phoneme": _phoneme_problems,
    "word": _word_problems,
    "sub": _sub_problems,
    "say-as": _say_as_problems,
    "speak": _speak_problems,
    "insert-action": _action_problems,
}
