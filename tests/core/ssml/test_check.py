from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.ssml.examples import API_PAGE, EXAMPLES, rubble, scripts
from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.document import MAX_DEPTH
from redub.core.ssml.problems import PROBLEMS
from redub.core.ssml.rules import break_seconds

# code, a script that has it, the piece of the script that it points at, the script after the one-click fix
CASES: tuple[tuple[str, str, str, str | None], ...] = (
    ("raw_less_than", "a < b", "<", "a &lt; b"),
    ("raw_greater_than", "a > b", ">", "a &gt; b"),
    ("raw_ampersand", "a & b", "&", "a &amp; b"),
    ("entity", "a&nbsp;b", "&nbsp;", "a\xa0b"),
    ("entity", "a&mine;b", "&mine;", "a&amp;mine;b"),
    ("character_reference", "a&#0;b", "&#0;", "ab"),
    ("character_reference", "a&#x110000;b", "&#x110000;", "ab"),
    ("control_character", "a\x07b", "\x07", "ab"),
    ("cdata_end", "a]]>b", "]]>", "a]]&gt;b"),
    ("unfinished_tag", "text<brea", "<brea", "text&lt;brea"),
    ("attribute_syntax", "<sub alias='b'%>a</sub>", "%", None),
    ("attribute_syntax", "a<break / >", "/ >", "a<break />"),
    ("attribute_quotes", "<sub alias=b>a</sub>", "alias=b", '<sub alias="b">a</sub>'),
    ("duplicate_attribute", '<sub alias="b" alias="c">a</sub>', 'alias="c"', '<sub alias="b">a</sub>'),
    ("closing_attributes", '<word>a</word x="1">', '</word x="1">', "<word>a</word>"),
    ("unclosed", "<word>a", "<word>", "<word>a</word>"),
    ("unclosed_empty", 'a<break time="1s">b', '<break time="1s">', 'a<break time="1s"/>b'),
    ("crossed", "<speak><word>a</speak>", "<word>", "<speak><word>a</word></speak>"),
    ("stray_close", "a</word>", "</word>", "a"),
    ("too_deep", "<b>" * (MAX_DEPTH + 1), "<b>", None),
    ("comment", "a<!-- b -->c", "<!-- b -->", "ac"),
    ("instruction", "<?xml version='1.0'?>a", "<?xml version='1.0'?>", "a"),
    ("doctype", '<!DOCTYPE x [<!ENTITY a "b">]>text', '<!DOCTYPE x [<!ENTITY a "b">]>', "text"),
    ("doctype", "<!DOCTYPE x>text", "<!DOCTYPE x>", "text"),
    ("cdata", "<![CDATA[a<b]]>", "<![CDATA[a<b]]>", "a&lt;b"),
    ("line_break", "a\r\nb", "\r\n", "a b"),
    ("line_break", "a\u2028b", "\u2028", "a b"),
    ("unknown_tag", "<prosody>a</prosody>", "<prosody>", "a"),
    ("unknown_tag_similar", "a<Break/>b", "<Break/>", "a<break/>b"),
    ("unknown_tag_similar", '<say_as interpret-as="id">a</say_as>', '<say_as interpret-as="id">', None),
    ("unknown_attribute", '<word x="1">a</word>', 'x="1"', "<word>a</word>"),
    ("missing_attribute", "<sub>a</sub>", "<sub>", None),
    ("missing_attribute", '<phoneme ph="fu4">福</phoneme>', '<phoneme ph="fu4">', None),
    ("break_time", 'a<break time="10s"/>b', "10s", 'a<break time="9000ms"/>b'),
    ("break_time", 'a<break time="0.5s"/>b', "0.5s", 'a<break time="500ms"/>b'),
    ("break_time", 'a<break time="500"/>b', "500", 'a<break time="500ms"/>b'),
    ("break_time", 'a<break time="49ms"/>b', "49ms", 'a<break time="50ms"/>b'),
    ("break_time", 'a<break time="soon"/>b', "soon", None),
    ("break_strength", 'a<break strength="Strong"/>b', "Strong", 'a<break strength="strong"/>b'),
    ("break_both", 'a<break time="1s" strength="weak"/>b', 'strength="weak"', 'a<break time="1s"/>b'),
    ("break_at_start", '<break time="1s"/>abc', '<break time="1s"/>', "abc"),
    ("break_after_punctuation", "你好。<break/>再见", "<break/>", "你好<break/>。再见"),
    (
        "break_after_punctuation",
        'Hi, <break time="1s"/>you',
        '<break time="1s"/>',
        'Hi<break time="1s"/>, you',
    ),
    ("phoneme_alphabet", '<phoneme alphabet="ipa" ph="fu4">福</phoneme>', "ipa", None),
    ("phoneme_tone", '<phoneme alphabet="py" ph="fu">福</phoneme>', "fu", "福"),
    ("phoneme_tone", '<phoneme alphabet="py" ph="fu6">福</phoneme>', "fu6", "福"),
    (
        "phoneme_tone",
        '<phoneme alphabet="py" ph="fú">福</phoneme>',
        "fú",
        '<phoneme alphabet="py" ph="fu2">福</phoneme>',
    ),
    ("phoneme_syllable", '<phoneme alphabet="py" ph="fx4">福</phoneme>', "fx4", "福"),
    ("phoneme_count", '<phoneme alphabet="py" ph="fu2 da4">福</phoneme>', "福", None),
    (
        "phoneme_length",
        '<phoneme alphabet="py" ph="zhang3 da4">长大</phoneme>',
        "长大",
        '<phoneme alphabet="py" ph="zhang3">长</phoneme><phoneme alphabet="py" ph="da4">大</phoneme>',
    ),
    ("phoneme_not_chinese", API_PAGE, "anchor", None),
    ("word_mixed", "<word>AI技术</word>", "AI技术", None),
    ("sub_alias", '<sub alias=" ">TTS</sub>', 'alias=" "', None),
    ("say_as_kind", '<say-as interpret-as="name">A</say-as>', "name", None),
    ("say_as_content", '<say-as interpret-as="date">2020-13-40</say-as>', "2020-13-40", None),
    ("say_as_content", '<say-as interpret-as="time">25:00</say-as>', "25:00", None),
    ("say_as_content", '<say-as interpret-as="telephone">call me</say-as>', "call me", None),
    ("say_as_content", '<say-as interpret-as="cardinal">many</say-as>', "many", None),
    ("say_as_content", '<say-as interpret-as="digits">12a</say-as>', "12a", None),
    ("say_as_content", '<say-as interpret-as="currency">much</say-as>', "much", None),
    ("say_as_content", '<say-as interpret-as="measure">12</say-as>', "12", None),
    ("say_as_content", '<say-as interpret-as="punctuation">abc</say-as>', "abc", None),
    ("content_in_empty", "a<break>b</break>", "<break>", "a<break/>b"),
    ("tag_in_text_only", "<word>a<break/>b</word>", "<break/>", None),
    ("tag_in_text_only", '<sub alias="x"><word>a</word></sub>', "<word>", None),
    ("empty_content", "a<word></word>b", "<word>", "ab"),
    ("speak_not_root", "a<speak>b</speak>", "<speak>", "ab"),
    ("insert_action_no_effect", "a<insert-action/>b", "<insert-action/>", "ab"),
)


@pytest.mark.parametrize("code, ssml, piece, fixed", CASES)
def test_problems__code_place_and_fix(code: str, ssml: str, piece: str, fixed: str | None) -> None:
    one = next(one for one in problems(ssml) if one.code == code)

    assert ssml[one.start : one.end] == piece
    assert one.message.endswith((".", "!", "?"))
    assert one.fix.endswith((".", "!", "?"))
    assert "{" not in one.message + one.fix
    assert one.replacement is not None
    start, end, text = one.replacement
    mended = ssml[:start] + text + ssml[end:]
    assert code not in {other.code for other in problems(mended)}
    assert fixed in {None, mended}


def test_problems__every_code_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(PROBLEMS)


@pytest.mark.parametrize("ssml", EXAMPLES)
def test_problems__none_of_weight_in_the_examples_of_the_pages(ssml: str) -> None:
    assert [one for one in problems(ssml) if one.level is Level.ERROR] == []
    allowed = {"phoneme_not_chinese"} if ssml == API_PAGE else {"insert_action_no_effect"}
    assert {one.code for one in problems(ssml)} <= allowed


@settings(max_examples=200, deadline=None)
@given(scripts)
def test_problems__no_error_in_careful_scripts(ssml: str) -> None:
    assert [one for one in problems(ssml) if one.level is Level.ERROR] == []


@settings(max_examples=400, deadline=None)
@given(rubble)
def test_problems__every_string_gets_problems_with_places_in_order(ssml: str) -> None:
    found = problems(ssml)

    assert all(0 <= one.start <= one.end <= len(ssml) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        if one.replacement:
            start, end, _ = one.replacement
            assert 0 <= start <= end <= len(ssml)


@pytest.mark.parametrize(
    "time, seconds",
    [
        ("1s", 1.0),
        ("9s", 9.0),
        ("50ms", 0.05),
        ("9000ms", 9.0),
        ("10s", None),
        ("0s", None),
        ("9001ms", None),
        ("1.5s", None),
        ("5", None),
        ("", None),
        ("１s", None),
    ],
)
def test_break_seconds__the_range_of_the_page(time: str, seconds: float | None) -> None:
    assert break_seconds(time) == seconds
