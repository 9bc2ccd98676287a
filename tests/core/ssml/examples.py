"""The scripts that the service's pages give as examples, and a strategy for scripts that are right."""

from __future__ import annotations

from hypothesis import strategies as st

from redub.core.ssml.tokens import escape, escape_value
from redub.core.ssml.vocabulary import SAY_AS_KINDS, STRENGTHS, TAGS

# The sample of the API page, as it is in JSON once the page's own escaping is undone.
API_PAGE = 'Hello, I am the virtual <phoneme alphabet="py" ph="fu4">anchor</phoneme>'

EXAMPLES = (
    API_PAGE,
    '<phoneme alphabet="py" ph="chuan2">传</phoneme>',
    '<speak><sub alias="语音合成">TTS</sub></speak>',
    '今天<break time="1s"/>天气',
    '今天<break time="9000ms"/>天气',
    '今天<break strength="x-strong"/>天气',
    "今天<break/>天气",
    "<word>南京市</word>",
    "<word>New York</word>",
    '<say-as interpret-as="cardinal">123</say-as>',
    '<say-as interpret-as="cardinal">-123.01</say-as>',
    '<say-as interpret-as="cardinal">10,000</say-as>',
    '<say-as interpret-as="digits">123045</say-as>',
    '<say-as interpret-as="telephone">0755-86013388</say-as>',
    '<say-as interpret-as="address">科兴路5号1205室</say-as>',
    '<say-as interpret-as="id">dell0101</say-as>',
    '<say-as interpret-as="characters">ISBN 0-330</say-as>',
    '<say-as interpret-as="date">2020-08-09</say-as>',
    '<say-as interpret-as="date">08月09日</say-as>',
    '<say-as interpret-as="time">12:00</say-as>',
    '<say-as interpret-as="time">5:30am</say-as>',
    '<say-as interpret-as="punctuation">？</say-as>',
    '<say-as interpret-as="measure">120.56cm²</say-as>',
    '<say-as interpret-as="currency">12.50RMB</say-as>',
    '<say-as interpret-as="currency">$12</say-as>',
    "大家好<insert-action/>欢迎来到这里",
    "5 &lt; 6 &amp; 7 &gt; 6, &quot;so&quot; it&apos;s true",
    *(tag.example for tag in TAGS.values()),
    *(f'<say-as interpret-as="{kind.name}">{kind.example}</say-as>' for kind in SAY_AS_KINDS.values()),
)

_WORDS = st.text(st.sampled_from(list("abc XYZ 你好世界 12,.!?，。\"'&<>😀éא")), min_size=1, max_size=12).map(
    lambda text: "w" + text
)
_BREAKS = st.one_of(
    st.integers(1, 9).map(lambda number: f'<break time="{number}s"/>'),
    st.integers(50, 9000).map(lambda number: f"<break  time='{number}ms' />"),
    st.sampled_from(sorted(STRENGTHS)).map(lambda strength: f'<break strength="{strength}"></break>'),
    st.just("<break/>"),
)
_TEXTS = _WORDS.map(escape)


def _sub(alias: str, text: str) -> str:
    return f'<sub alias="{escape_value(alias)}">{text}</sub>'


_MARKS = st.one_of(
    _BREAKS,
    st.builds(_sub, _WORDS, _TEXTS),
    st.sampled_from("传长行").map(lambda sign: f'<phoneme alphabet="py" ph="zhang3">{sign}</phoneme>'),
    st.sampled_from(["南京", "New York"]).map(lambda text: f"<word>{text}<insert-action a='1'/></word>"),
    st.sampled_from(sorted(SAY_AS_KINDS)).map(
        lambda kind: f'<say-as interpret-as="{kind}">{escape(SAY_AS_KINDS[kind].example)}</say-as>'
    ),
)

scripts = st.lists(st.one_of(_TEXTS, _MARKS), max_size=12).map("".join)
"""Scripts without an error, as a careful hand might write them."""

rubble = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            '<b> </b> <sub alias="x"> </sub> <break/> <break> <break time="1s" a 中 &lt; &amp; & < > " \' &#65; '
            "&#x0; &nbsp; &#99999999999; <b&x=1> </b&> <b&> <!--x--> <!-- <![CDATA[a<b]]> <!DOCTYPE&a&[<!ENTITY> "
            "<?x?> <? ]]> \n \r\u2028 \0 \ud800 😀 <传> </ /> <phoneme&ph='a'>".replace("&", "\t").split(" ")
        ).map(lambda piece: piece.replace("\t", "&")),
        max_size=40,
    ).map("".join),
)
"""Anything at all, with a liking for halves of marks."""
