"""Numbers, dates, times, amounts and quantities in plain text: where they stand, and how they can be read."""

from __future__ import annotations

import re

from redub.core.ssml.reading import reading
from redub.core.ssml.sayas import fits, likely_kind
from redub.core.ssml.vocabulary import SAY_AS_KINDS

_UNITS = (
    "km/h|m/s|km|cm|mm|dm|kg|mg|ml|kw|hz|min|ms|m|g|t|l|h|s|v|w|℃|°[cf]?|%"
    "|rmb|cny|usd|eur|am|pm|[年月日号点时分秒元块角个]"
)
NUMBERS = re.compile(
    rf"[$€£¥￥]?\d+(?:[.,:/\-]\d+|[年月日点时分]\d+)*(?:\s?(?:{_UNITS})[²³]?(?![a-z]))?", re.IGNORECASE
)
"""Finds them in a text, with their signs and units."""
_KINDS = ("date", "time", "currency", "measure", "cardinal", "telephone", "digits")
_MOST = 3


def possible_readings(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return how `text` can be read, the likeliest first: the label of the kind and the words; at most three."""
    likely = likely_kind(text)
    found: dict[str, str] = {}
    for kind in (likely, *_KINDS):
        if kind in _KINDS and fits(kind, text):
            words = reading(text, kind, language)
            if words != text and words not in found.values():
                found[SAY_AS_KINDS[kind].label] = words
    return tuple(found.items())[:_MOST]
