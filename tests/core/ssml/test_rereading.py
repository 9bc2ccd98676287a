from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ssml.examples import EXAMPLES, rubble, scripts
from redub.core.ssml.building import Builder
from redub.core.ssml.document import Document
from redub.core.ssml.rereading import reread, same_end, same_start

_TYPED = st.sampled_from(
    [
        "",
        "a",
        "字",
        "<",
        ">",
        '"',
        "/",
        "&",
        ";",
        " ",
        "<b>",
        "</word>",
        "<break/>",
        '<sub alias="x">',
        "😀",
        "speak",
        "]]>",
    ]
)


def read(source: str) -> Document:
    builder = Builder(source)
    nodes = builder.build()
    return Document(source, nodes, tuple(sorted(builder.problems, key=lambda one: (one.start, one.end))))


@given(st.one_of(scripts, rubble, st.sampled_from(EXAMPLES)), st.booleans(), st.data())
def test_reread__is_what_reading_everything_anew_gives(
    source: str, in_speak: bool, data: st.DataObject
) -> None:
    source = f"<speak>{source}</speak>" if in_speak else source
    low, high = sorted(data.draw(st.tuples(st.integers(0, len(source)), st.integers(0, len(source)))))
    high = min(high, low + data.draw(st.integers(0, 8)))
    changed = source[:low] + data.draw(_TYPED) + source[high:]

    made = reread(read(source), changed)

    whole = read(changed)
    assert made is None or made == (whole.nodes, whole.problems)


@given(scripts, scripts, st.booleans())
def test_reread__a_letter_typed_into_a_valid_script_never_needs_everything(
    before: str, after: str, in_speak: bool
) -> None:
    opening, closing = ("<speak>", "</speak>") if in_speak else ("", "")
    source = f"{opening}{before}x{after}{closing}"
    typed = f"{opening}{before}xy{after}{closing}"

    made = reread(read(source), typed)

    assert made == (read(typed).nodes, read(typed).problems)


@pytest.mark.parametrize("source", ["a<break time='1s/>b\"c'>", "<word>a", "a</word>", "<!-- x -->"])
def test_reread__leaves_what_reaches_further_than_itself_to_reading_everything(source: str) -> None:
    assert reread(read(source), source + "x") is None


@pytest.mark.parametrize(
    "one, other, start, end", [("", "", 0, 0), ("abc", "abXbc", 2, 2), ("aa", "aaa", 2, 2)]
)
def test_same_start_and_end(one: str, other: str, start: int, end: int) -> None:
    assert (same_start(one, other), same_end(one, other)) == (start, end)
