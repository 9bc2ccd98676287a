from __future__ import annotations

import dataclasses
from xml.parsers import expat

import pytest
from hypothesis import given, settings

from core.ssml.examples import EXAMPLES, rubble, scripts
from redub.core.findings import Level
from redub.core.ssml.document import (
    MAX_DEPTH,
    Document,
    Junk,
    Mark,
    Text,
    parse,
    plain_to_ssml,
    serialise,
    spoken_count,
    spoken_text,
    walk,
    whole_count,
)
from redub.core.ssml.tokens import decode, tokenize


def _bare(nodes: tuple[object, ...]) -> list[object]:
    """Leave what nodes mean: no places, no spelling."""
    found: list[object] = []
    for node in nodes:
        if isinstance(node, Text):
            found.append(node.text)
        elif isinstance(node, Mark):
            found.append((node.tag, node.attributes, _bare(node.children)))
        else:
            found.append(node)
    return found


def _forget_source(node: object) -> Text | Mark | Junk:
    """Make the node new, as an editor would."""
    if isinstance(node, Text):
        return Text(node.text)
    assert isinstance(node, Mark)
    return Mark(node.tag, node.attributes, tuple(_forget_source(child) for child in node.children))


def _expat_takes(ssml: str) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<x>{ssml}</x>".encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError:
        return False
    return True


@pytest.mark.parametrize("ssml", EXAMPLES)
def test_round_trip__every_example_of_the_pages(ssml: str) -> None:
    document = parse(ssml)

    assert serialise(document.nodes) == ssml
    assert document.problems == ()


@settings(max_examples=300, deadline=None)
@given(scripts)
def test_round_trip__generated_scripts_keep_text_and_meaning(ssml: str) -> None:
    document = parse(ssml)

    assert serialise(document.nodes) == ssml
    rewritten = serialise([_forget_source(node) for node in document.nodes])
    assert _bare(parse(rewritten).nodes) == _bare(document.nodes)
    assert _expat_takes(rewritten)


@settings(max_examples=500, deadline=None)
@given(rubble)
def test_parse__takes_every_string_and_loses_nothing(ssml: str) -> None:
    document = parse(ssml)

    assert serialise(document.nodes) == ssml
    assert "".join(ssml[token.start : token.end] for token in tokenize(ssml)) == ssml
    for node in walk(document.nodes):
        assert 0 <= node.start <= node.end <= len(ssml)
    assert all(0 <= one.start <= one.end <= len(ssml) for one in document.problems)


@settings(max_examples=500, deadline=None)
@given(rubble)
def test_parse__agrees_with_expat_on_what_is_well_formed(ssml: str) -> None:
    refused_by_us_alone = {"comment", "cdata", "instruction", "too_deep"}
    found = parse(ssml).problems

    ours = [one for one in found if one.level is Level.ERROR and one.code not in refused_by_us_alone]
    # A vertical tab or form feed is a line break to us, which is another check's business.
    if not any(one.code in refused_by_us_alone for one in found) and not {"\v", "\f"} & set(ssml):
        assert bool(ours) != _expat_takes(ssml)


def test_parse__offsets_of_nested_marks() -> None:
    ssml = 'a&amp;b<sub alias="x">T<insert-action/></sub>!'

    first, sub, last = parse(ssml).nodes

    assert isinstance(first, Text)
    assert isinstance(sub, Mark)
    assert isinstance(last, Text)
    assert (first.text, ssml[first.start : first.end]) == ("a&b", "a&amp;b")
    assert ssml[sub.start : sub.end] == '<sub alias="x">T<insert-action/></sub>'
    assert ssml[sub.inner_start : sub.inner_end] == "T<insert-action/>"
    assert (last.start, last.end) == (len(ssml) - 1, len(ssml))


def test_decode__offsets_lead_back_to_the_source() -> None:
    decoded = decode("a&amp;b&#20013;&foo;c")

    assert decoded.text == "a&b中&foo;c"
    assert decoded.offsets[:4] == (0, 1, 6, 7)
    assert len(decoded.offsets) == len(decoded.text) + 1


def test_parse__marks_deeper_than_allowed_become_junk() -> None:
    document = parse("<b>" * (MAX_DEPTH + 2) + "x" + "</b>" * MAX_DEPTH)

    assert [one.code for one in document.problems if one.code == "too_deep"] == ["too_deep"] * 2


def test_serialise__changed_nodes_are_escaped_and_others_stay() -> None:
    ssml = "<sub  alias='a' >T</sub > x"
    sub, text = parse(ssml).nodes
    assert isinstance(sub, Mark)
    assert isinstance(text, Text)

    changed = dataclasses.replace(sub, attributes=(("alias", 'b"<&'),))
    renamed = dataclasses.replace(text, text="1 < 2\n& 3")

    assert serialise([changed, text]) == '<sub alias="b&quot;&lt;&amp;">T</sub > x'
    assert serialise([sub, renamed]) == "<sub  alias='a' >T</sub >1 &lt; 2 &amp; 3"


def test_serialise__new_marks() -> None:
    nodes = (Text("a"), Mark("break", (("time", "1s"),)), Mark("word", (), (Text("b"),)), Mark("word"))

    assert serialise(nodes) == 'a<break time="1s"/><word>b</word><word></word>'


@pytest.mark.parametrize(
    "text, pause, expected",
    [
        ("  Hello\n\nworld  ", None, "Hello world"),
        ("a < b & c\r\n5 > 3", None, "a &lt; b &amp; c 5 &gt; 3"),
        ("Hello.\nWorld", "500ms", 'Hello<break time="500ms"/>. World'),
        ("你好！”\u2028再见", "1s", '你好<break time="1s"/>！” 再见'),
        ("T&\nb", "1s", 'T&amp;<break time="1s"/> b'),
        ("a\0b\x07c\td", None, "abc\td"),
        ("\n\n", "1s", ""),
    ],
)
def test_plain_to_ssml__is_one_line_and_right(text: str, pause: str | None, expected: str) -> None:
    ssml = plain_to_ssml(text, pause)

    assert ssml == expected
    assert parse(ssml).problems == ()


def test_spoken_text__aliases_in_and_marks_out() -> None:
    ssml = '<speak>我用<sub alias="语音">TTS</sub>，<break time="1s"/>A &amp; <word>B</word></speak>'

    assert spoken_text(parse(ssml)) == "我用语音，A & B"


def test_counts__whole_in_utf16_and_spoken_in_characters() -> None:
    ssml = '😀好<break time="1s"/>'

    assert whole_count(ssml) == 3 + len('<break time="1s"/>')
    assert spoken_count(ssml) == 2
    assert whole_count("\ud800") == 1


def test_walk__outer_before_inner() -> None:
    tags = [
        node.tag
        for node in walk(parse("<speak><word>a</word><break/></speak>").nodes)
        if isinstance(node, Mark)
    ]

    assert tags == ["speak", "word", "break"]
    assert list(walk(Document("", ()).nodes)) == []
