"""Tables of scripts: what is a head, which column is what, variables, and what comes of each row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redub.core.batch import Role, Table, Wiring, coming, filled, guessed, has_head, table_of, variables
from redub.core.limits import limits_for
from redub.core.shot import DriverType, Source, Speech, Take

LIKE = Take(
    id="x",
    name="Like",
    driver=DriverType.ORIGINAL_VOICE,
    recording=Source(path="/a.wav"),
    speech=Speech(timbre_key="v1", language="en-US", speed=1.1),
)
LIMITS = limits_for("international")


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([["name", "script"], ["A", "Hello."]], True),
        ([["名称", "文案"], ["一", "你好。"]], True),
        ([["Ada", "Hello there."], ["Ben", "Good bye."]], False),
        ([["1", "2"], ["3", "4"]], False),
        ([["First", "Last"], ["Ada", "Lovelace"]], True),
        ([["First", "First"], ["Ada", "Lovelace"]], False),
        ([["only"]], False),
        ([["Hello"], ["World"]], False),
        ([["text"], ["World"]], True),
    ],
)
def test_has_head(rows: list[list[str]], expected: bool) -> None:
    assert has_head(rows) is expected


def test_table_of__columns_without_a_head_are_letters() -> None:
    table = table_of([[" a", "b "]] * 2, False)

    assert (table.columns, table.rows) == (("A", "B"), (("a", "b"), ("a", "b")))
    assert table_of([["x"] * 28], False).columns[-2:] == ("AA", "AB")


@pytest.mark.parametrize(
    "columns, row, expected",
    [
        (("Title", "Text"), ("a", "b"), {Role.NAME: 0, Role.SCRIPT: 1}),
        (("编号", "台词", "音色"), ("1", "b", "v"), {Role.NAME: 0, Role.SCRIPT: 1, Role.VOICE: 2}),
        (("foo", "bar"), ("short", "a much longer text"), {Role.SCRIPT: 1}),
        (("speed", "lang", "copy"), ("1", "en-US", "x"), {Role.SPEED: 0, Role.LANGUAGE: 1, Role.SCRIPT: 2}),
    ],
)
def test_guessed__by_names_then_by_length(
    columns: tuple[str, ...], row: tuple[str, ...], expected: dict[Role, int]
) -> None:
    assert guessed(Table(columns=columns, rows=(row,))) == expected


def test_filled__safe_and_without_regard_to_case() -> None:
    script, missing = filled("Hello {Name}, from {city}! {x}", {"name": "R&D <b>", "CITY": "Ulm"})

    assert (script, missing) == ("Hello R&amp;D &lt;b&gt;, from Ulm! {x}", ("x",))


def test_variables__each_once() -> None:
    assert variables("{a} {b} {a} {} {c") == ("a", "b")


def rows_of(table: Table, wiring: Wiring, **more: object) -> list[tuple[str, str, str, bool]]:
    found = coming(table, wiring, LIKE, LIMITS, **more)  # type: ignore[arg-type]  # voices
    return [(one.take.name, one.take.script, one.trouble, one.left_out) for one in found]


def test_coming__scripts_of_their_own() -> None:
    table = Table(columns=("n", "t"), rows=(("A", "Hello & bye"), ("", "Line one\nLine two"), ("C", " ")))
    wiring = Wiring(columns={Role.NAME: 0, Role.SCRIPT: 1}, pause="500ms")

    assert rows_of(table, wiring) == [
        ("A", "Hello &amp; bye", "", False),
        ("Line one Line two", 'Line one<break time="500ms"/> Line two', "", False),
        ("C", "", "There is nothing to say.", True),
    ]


def test_coming__variables_in_the_template() -> None:
    table = Table(columns=("who", "where"), rows=(("Ada", "Ulm"), ("Ben", "")))
    wiring = Wiring(columns={Role.NAME: 0}, template="Hello {who} from {where}")

    assert rows_of(table, wiring) == [
        ("Ada", "Hello Ada from Ulm", "", False),
        ("Ben", "Hello Ben from {where}", "There is no value for {where}.", False),
    ]


def test_coming__voice_language_and_speed_of_the_row() -> None:
    table = Table(
        columns=("t", "v", "l", "s"), rows=(("Hello", "v2", "de-DE", "1,2"), ("Hello", "", "", "fast"))
    )
    wiring = Wiring(columns={Role.SCRIPT: 0, Role.VOICE: 1, Role.LANGUAGE: 2, Role.SPEED: 3})
    first, second = coming(table, wiring, LIKE, LIMITS, frozenset({"v1"}))

    assert first.take.speech == Speech(timbre_key="v2", language="de-DE", speed=1.2)
    assert first.trouble == "The service has no voice v2."
    assert second.take.speech == LIKE.speech
    assert "no speed" in second.trouble


def test_coming__is_spoken_and_has_no_recording() -> None:
    table = Table(columns=("t",), rows=(("Hello",),))
    (one,) = coming(table, Wiring(columns={Role.SCRIPT: 0}), LIKE, LIMITS)

    assert one.take == replace(
        LIKE, id="", name="Hello", driver=DriverType.TEXT, recording=None, script="Hello"
    )


@pytest.mark.parametrize("text, said", [("a" * 2001, "too long"), ("Hi", "too short")])
def test_coming__what_the_service_would_refuse_is_said(text: str, said: str) -> None:
    table = Table(columns=("t",), rows=((text,),))
    (one,) = coming(table, Wiring(columns={Role.SCRIPT: 0}), LIKE, LIMITS)

    assert said in one.trouble
    assert not one.left_out
