"""Every mark of Tencent's SSML (documents INT 65921, CN 81278): what it is called, holds and carries.

To add one: 1. a `Tag` in `TAGS`; 2. its rule in `check`, when it has one; 3. its speaking in `spoken`;
4. a row in tests/core/ssml/test_vocabulary.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from redub.core.limits import limits_for


class Content(StrEnum):
    """What may stand inside a mark: nothing, text, or text with other marks."""

    EMPTY = "empty"
    TEXT = "text"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """One setting of a mark.

    :ivar values: the only values allowed, or () when they are free text
    :ivar default: what is meant when it is left out, or ""
    """

    name: str
    required: bool = False
    values: tuple[str, ...] = ()
    default: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """One mark.

    :ivar attributes: its settings; `free_attributes` says that others are let pass
    :ivar holds: marks that may stand inside although its content is text
    :ivar label: what a button calls it
    :ivar sentence: what it does, in one sentence
    :ivar example: a whole script that uses it
    """

    name: str
    content: Content
    label: str
    sentence: str
    example: str
    attributes: tuple[AttributeRule, ...] = ()
    holds: tuple[str, ...] = ()
    free_attributes: bool = False

    def attribute(self, name: str) -> AttributeRule | None:
        """Return the rule of the setting `name`, or None when there is none."""
        return next((rule for rule in self.attributes if rule.name == name), None)


@dataclass(frozen=True, slots=True)
class SayAsKind:
    """One kind of reading (interpret-as): its label, what it does, what it fits, and an example."""

    name: str
    label: str
    sentence: str
    fits: str
    example: str


STRENGTHS: Mapping[str, float] = MappingProxyType(
    {"x-weak": 0.25, "weak": 0.5, "medium": 0.75, "strong": 1.0, "x-strong": 1.25}
)
"""Seconds of a pause by its strength; the page gives none, so these are the rehearsal's."""

DEFAULT_STRENGTH = "medium"
_LIMITS = limits_for("international")
BREAK_SECONDS, BREAK_MILLISECONDS = (
    (int(row.low or 0), int(row.high or 0))
    for row in (_LIMITS["script.break_seconds"], _LIMITS["script.break_milliseconds"])
)
"""The tighter of the two sites' ranges (CN 81278)."""

_KINDS = (
    SayAsKind(
        "cardinal",
        "Number",
        "Reads a whole or decimal number as a number.",
        "a number such as 123, -123.01 or 10,000",
        "123",
    ),
    SayAsKind(
        "digits", "Digits", "Reads a number digit by digit.", "a row of digits such as 123045", "123045"
    ),
    SayAsKind(
        "telephone",
        "Telephone number",
        "Reads a telephone number in groups.",
        "a telephone number such as 0755-8601 3388",
        "0755-86013388",
    ),
    SayAsKind(
        "address",
        "Address",
        "Reads house and room numbers as in an address.",
        "an address such as Room 1205, Building 3",
        "科兴路5号1205室",
    ),
    SayAsKind(
        "id",
        "Name or code",
        "Reads an account name or a code sign by sign.",
        "letters and digits such as dell0101",
        "dell0101",
    ),
    SayAsKind(
        "date",
        "Date",
        "Reads a date.",
        "a date such as 2020-08-09 or 2020年8月9日",
        "2020-08-09",
    ),
    SayAsKind("time", "Time", "Reads a time of day.", "a time such as 12:00 or 5:30am", "5:30am"),
    SayAsKind(
        "punctuation",
        "Signs",
        "Reads signs by their names.",
        "signs such as ? or ……",
        "?",
    ),
    SayAsKind(
        "characters",
        "Characters",
        "Reads a text character by character.",
        "letters, digits and signs such as ABC-12",
        "ISBN",
    ),
    SayAsKind(
        "measure",
        "Measure",
        "Reads a quantity with its unit.",
        "a number with a unit such as 120.56cm²",
        "120.56cm²",
    ),
    SayAsKind(
        "currency",
        "Currency",
        "Reads an amount of money.",
        "an amount such as 12.50RMB or $12",
        "12.50RMB",
    ),
)

SAY_AS_KINDS: Mapping[str, SayAsKind] = MappingProxyType({kind.name: kind for kind in _KINDS})

_TAGS = (
    Tag(
        "break",
        Content.EMPTY,
        "Pause",
        "Makes a pause of a chosen length or strength.",
        '今天<break time="500ms"/>天气很好',
        (
            AttributeRule("time", sentence="How long: 1s to 9s, or 50ms to 9000ms."),
            AttributeRule(
                "strength",
                values=tuple(STRENGTHS),
                default=DEFAULT_STRENGTH,
                sentence="How strong, when no length is given.",
            ),
        ),
    ),
    Tag(
        "phoneme",
        Content.TEXT,
        "Pinyin",
        "Says how a Chinese character is read.",
        '他是<phoneme alphabet="py" ph="chuan2">传</phoneme>说',
        (
            AttributeRule("alphabet", required=True, values=("py",), sentence="Always py, for pinyin."),
            AttributeRule(
                "ph",
                required=True,
                sentence="The pinyin with its tone number 1 to 5, one syllable for each character.",
            ),
        ),
    ),
    Tag(
        "word",
        Content.TEXT,
        "Keep together",
        "Keeps a word or phrase together, so that it is spoken without a gap.",
        "我们去<word>南京市</word>看长江大桥",
        holds=("insert-action",),
    ),
    Tag(
        "sub",
        Content.TEXT,
        "Spoken as",
        "Speaks other words than those written.",
        '<sub alias="语音合成">TTS</sub>很有用',
        (AttributeRule("alias", required=True, sentence="The words that are heard."),),
        holds=("insert-action",),
    ),
    Tag(
        "say-as",
        Content.TEXT,
        "Read as",
        "Says how numbers, dates, times and signs are read.",
        '他的电话是<say-as interpret-as="telephone">0755-86013388</say-as>',
        (
            AttributeRule(
                "interpret-as",
                required=True,
                values=tuple(SAY_AS_KINDS),
                sentence="The kind of reading.",
            ),
        ),
    ),
    Tag(
        "speak",
        Content.INLINE,
        "Whole script",
        "Stands around a whole script; it may be left out.",
        '<speak><sub alias="语音合成">TTS</sub>很有用</speak>',
    ),
    Tag(
        "insert-action",
        Content.EMPTY,
        "Gesture",
        "Asks a trained avatar for a gesture; it has no effect on filmed footage.",
        "大家好<insert-action/>欢迎来到这里",
        free_attributes=True,
    ),
)

TAGS: Mapping[str, Tag] = MappingProxyType({tag.name: tag for tag in _TAGS})
"""The marks in the order of the palette."""
