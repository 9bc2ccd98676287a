"""Each limit of the table is tried just under, at and just over its bounds, by a case that the row itself makes.

A row with numbers that has no case here is a failure: nobody adds a limit that is not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.test_checks import CLIP, KNOWN, RECORDING, SHOT, TAKE, VIDEO
from redub.core.checks import Knowledge, LetterFacts, check
from redub.core.clip import PhotoFacts
from redub.core.limit import Limit
from redub.core.limitrows import ROWS
from redub.core.limits import limits_for
from redub.core.limittable import limit_table
from redub.core.outputplan import output_rate, output_size
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    StillInterval,
    Take,
)
from redub.core.ssml.rules import break_seconds
from redub.core.tasks import RETENTION_SECONDS

README = Path(__file__).parents[2] / "README.md"
SITES = ("international", "china")
CONCURRENCIES = (None, ConcurrencyType.SHARED, ConcurrencyType.EXCLUSIVE)
STEP = {
    "reference.duration": 0.001,
    "recording.duration": 0.001,
    "segment.length": 0.001,
    "speech.speed": 0.01,
}
"""What is just over or just under, where it is not one whole unit."""


@dataclass(frozen=True)
class Case:
    """A take with one value put in: everything that `check` needs."""

    shot: Shot = SHOT
    take: Take = TAKE
    knowledge: Knowledge = KNOWN


def _reference(**changes: object) -> Case:
    return Case(knowledge=Knowledge(reference=replace(CLIP, **changes)))  # type: ignore[arg-type]  # fields by name


def _pixels(value: float) -> Case:
    video = replace(VIDEO, width=int(value), shown_width=int(value), height=720, shown_height=720)
    return _reference(video=video)


def _recording(**changes: object) -> Case:
    take = replace(TAKE, driver=DriverType.ORIGINAL_VOICE, recording=Source(path="/voice.wav"))
    facts = replace(RECORDING, **changes)  # type: ignore[arg-type]  # fields by name
    return Case(take=take, knowledge=Knowledge(reference=CLIP, recording=facts))


def _speech(**changes: object) -> Case:
    return Case(take=replace(TAKE, speech=replace(TAKE.speech, **changes)))  # type: ignore[arg-type]  # by name


def _photo(**changes: object) -> Case:
    photo = PhotoFacts(path="/p.jpg", format="jpeg", width=400, height=400, size=1000)
    return Case(knowledge=Knowledge(reference=CLIP, ref_photo=replace(photo, **changes)))  # type: ignore[arg-type]  # by name


def _segment(seconds: float) -> Case:
    selection = Selection(make_type=MakeType.CUSTOM, start=2.0, end=round(2.0 + seconds, 3))
    return Case(shot=replace(SHOT, selection=selection))


def _stills(count: float) -> Case:
    stills = tuple(StillInterval(2.0 * place, 2.0 * place + 1) for place in range(int(count)))
    return Case(shot=replace(SHOT, still_intervals=stills))


def _letter(size: float) -> Case:
    letter = LetterFacts(path="/l.pdf", size=int(size), is_pdf=True)
    return Case(knowledge=Knowledge(reference=CLIP, letter=letter))


CASES: dict[str, Callable[[float], Case]] = {
    "reference.size": lambda value: _reference(size=int(value)),
    "reference.pixels": _pixels,
    "reference.duration": lambda value: _reference(duration=value),
    "reference.recommended": lambda value: _reference(duration=value),
    "letter.size": _letter,
    "letter_video.size": lambda value: Case(
        knowledge=Knowledge(reference=CLIP, letter_video=replace(CLIP, size=int(value)))
    ),
    "recording.duration": lambda value: _recording(duration=value),
    "recording.size": lambda value: _recording(size=int(value)),
    "script.length": lambda value: Case(take=replace(TAKE, script="a" * int(value))),
    "script.break_seconds": lambda value: Case(
        take=replace(TAKE, script=f'Hello<break time="{value:g}s"/> there')
    ),
    "script.break_milliseconds": lambda value: Case(
        take=replace(TAKE, script=f'Hello<break time="{value:g}ms"/> there')
    ),
    "speech.speed": lambda value: _speech(speed=round(value, 2)),
    "speech.volume": lambda value: _speech(volume=int(value)),
    "speech.emotion_intensity": lambda value: _speech(emotion="tc_happy", emotion_intensity=int(value)),
    "callback.length": lambda value: Case(
        take=replace(TAKE, options=Options(callback_url="https://e.org/".ljust(int(value), "a")))
    ),
    "photo.size": lambda value: _photo(size=int(value)),
    "photo.pixels": lambda value: _photo(width=int(value)),
    "segment.length": _segment,
    "stills.count": _stills,
}
NOT_CHECKED_BEFORE = {
    "output.bitrate",
    "output.rate",
    "output.long_side",
    "output.short_side",
    "result.kept",
    "tasks.at_once",
}
"""What the service does by itself: these rows are used by the output plan, the history and the sending."""


def _edges() -> Iterator[tuple[str, str, ConcurrencyType | None, float, str]]:
    """Yield site, key, concurrency, value, and the end of the code that is expected ("" for none)."""
    for site in SITES:
        for row in limits_for(site).rows.values():
            if row.has_numbers and row.key not in NOT_CHECKED_BEFORE:
                for concurrency in CONCURRENCIES:
                    for value, fault in _values(row, concurrency):
                        yield site, row.key, concurrency, value, fault


def _values(row: Limit, concurrency: ConcurrencyType | None) -> Iterator[tuple[float, str]]:
    step = STEP.get(row.key, 1)
    # Left blank the service may take Exclusive: only the wider limit is certain to refuse.
    high = row.highest(concurrency or ConcurrencyType.EXCLUSIVE)
    if row.low is not None:
        yield row.low - step, "low"
        yield row.low, "low" if row.above else ""
        yield row.low + step, ""
    if high is not None:
        yield high - step, ""
        yield high, "high" if row.below else ""
        yield high + step, "high"


@pytest.mark.parametrize("site, key, concurrency, value, fault", list(_edges()))
def test_limit__under_at_and_over(
    site: str, key: str, concurrency: ConcurrencyType | None, value: float, fault: str
) -> None:
    case = CASES[key](value)
    take = replace(case.take, options=replace(case.take.options, concurrency=concurrency))
    shot = replace(case.shot, takes=(take,))
    findings = check(shot, take, case.knowledge, site)
    codes = {finding.code for finding in findings}

    if key == "reference.recommended":
        assert (key in codes) == bool(fault)
    elif key.startswith("script.break"):
        assert ("script.break_time" in codes) == bool(fault)
    else:
        assert {code for code in codes if code in {f"{key}.low", f"{key}.high"}} == (
            {f"{key}.{fault}"} if fault else set()
        )
    rule = limits_for(site)[key].rule
    assert all(rule in finding.message for finding in findings if finding.code.startswith(f"{key}.h"))


WORDS: dict[str, tuple[Callable[[str], Case], str]] = {
    "reference.container": (lambda word: _reference(container=word), "reference.conversion"),
    "reference.codec": (lambda word: _reference(video=replace(VIDEO, codec=word)), "reference.conversion"),
    "recording.format": (lambda word: _recording(container=word), "recording.format"),
    "photo.format": (lambda word: _photo(format=word), "photo.format"),
    "letter_video.format": (
        lambda word: Case(knowledge=Knowledge(reference=CLIP, letter_video=replace(CLIP, container=word))),
        "letter_video.format",
    ),
}


@pytest.mark.parametrize("key", WORDS)
def test_limit__each_word_of_the_row_is_taken_and_another_is_not(key: str) -> None:
    make, code = WORDS[key]
    row = limits_for("international")[key]

    def codes(word: str) -> set[str]:
        case = make(word)
        return {finding.code for finding in check(case.shot, case.take, case.knowledge)}

    assert [word for word in row.values if code in codes(word)] == []
    assert code in codes("something else")
    case = make("something else")
    said = next(one.message for one in check(case.shot, case.take, case.knowledge) if one.code == code)
    assert row.rule in said


def test_table__every_row_with_numbers_has_a_case() -> None:
    numbered = {row.key for row in ROWS if row.has_numbers}

    assert numbered == set(CASES) | NOT_CHECKED_BEFORE


def test_table__what_the_service_does_by_itself_is_what_the_plan_does() -> None:
    rows = limits_for("international").rows
    rate, long, short = rows["output.rate"], rows["output.long_side"], rows["output.short_side"]

    assert (output_rate(1, True), output_rate(1000, True)) == (rate.low, rate.high)
    assert output_size(8192, 4608, ConcurrencyType.SHARED) == (long.high, short.high)
    assert max(output_size(9000, 9000, ConcurrencyType.EXCLUSIVE)) == long.exclusive_high
    assert rows["result.kept"].high == RETENTION_SECONDS / 86400
    assert break_seconds("9s") == rows["script.break_seconds"].high


def test_table__keys_are_unique() -> None:
    assert len({row.key for row in ROWS}) == len(ROWS)
    assert len(ROWS) >= 40


def test_readme__has_the_table_as_it_is() -> None:
    assert limit_table() in README.read_text(encoding="utf-8"), (
        "put what `redub check --limits` prints into it"
    )
