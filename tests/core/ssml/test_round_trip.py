"""Script to source and back, without loss; and anything at all through the parser.

The counts of the promise, 10 000 each, are those of the soak (`setup.py soak`).
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ssml.examples import EXAMPLES, rubble, scripts
from redub.core.ssml.check import problems
from redub.core.ssml.document import parse, serialise
from redub.core.ssml.nodes import walk
from redub.ui.script.sheet import Sheet
from support.soaking import count

LONG = settings(max_examples=count(300, 10_000))


@LONG
@given(scripts, st.booleans(), st.data())
def test_round_trip__script_to_source_to_script_is_exact(
    source: str, in_speak: bool, data: st.DataObject
) -> None:
    source = f"<speak>{source}</speak>" if in_speak and source else source
    sheet = Sheet(source)
    # A caret never stands within the two units of one sign.
    inner = {unit for unit in range(1, len(sheet)) if sheet.place(unit) == sheet.place(unit - 1)}
    place = data.draw(st.integers(0, len(sheet)).filter(lambda unit: unit not in inner))

    written = serialise(sheet.document.nodes)
    back = Sheet(sheet.replaced(place, place, "x")).replaced(place, place + 1, "")

    assert written == source
    assert back == source


@pytest.mark.parametrize("source", EXAMPLES)
def test_round_trip__every_example_of_the_pages_is_exact(source: str) -> None:
    sheet = Sheet(source)

    assert serialise(parse(source).nodes) == source
    for place in range(len(sheet) + 1):
        typed = Sheet(sheet.replaced(place, place, "x"))
        assert typed.replaced(place, place + 1, "") == source


@LONG
@given(st.one_of(st.text(), rubble))
def test_parser__takes_any_string_and_always_says_where(source: str) -> None:
    document = parse(source)

    assert serialise(document.nodes) == source
    for node in walk(document.nodes):
        assert 0 <= node.start <= node.end <= len(source)
    for one in problems(source):
        assert 0 <= one.start <= one.end <= len(source)
        assert one.message
        assert one.fix
