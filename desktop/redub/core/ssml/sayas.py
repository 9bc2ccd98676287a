"""Whether a text fits the kind of reading (interpret-as) that it is marked with; lenient on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_HAN_NUMBER = "〇零一二两三四五六七八九十百千万亿"
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CARDINAL = re.compile(rf"{_NUMBER}%?|[负]?[{_HAN_NUMBER}点]+")
_DIGITS = re.compile(rf"[\d\s.\-]+|[{_HAN_NUMBER}]+")
_TELEPHONE = re.compile(r"[\d\s()+*#.\-（）－]+")
_ISO_DATE = re.compile(r"(?:(\d{2,4})[-/.])?(\d{1,2})[-/.](\d{1,2})")
_MONTH_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})")
_HAN_DATE = re.compile(rf"(?:[\d{_HAN_NUMBER}]+[年月日号])+")
_MONTH_NAME = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_HAN_CLOCK = re.compile(rf"(?:[\d{_HAN_NUMBER}半整]++[点时分秒]?+)++")
_MEASURE = re.compile(rf"{_NUMBER}\s*[^\d\s].*")
_CURRENCY = re.compile(rf"(?:[^\d\s.,+-]+\s*{_NUMBER}|{_NUMBER}\s*[^\d\s]+)", re.DOTALL)
_MONEY = re.compile(
    r"[$€£¥￥]|(?:RMB|CNY|USD|EUR|HKD|JPY|GBP|TWD|SGD|KRW)|[元块角分]$|(?:美|欧|港|日|英)[元镑]",
    re.IGNORECASE,
)
_LIKELY = ("date", "time", "cardinal", "telephone", "measure", "digits", "characters")
"""Kinds in the order in which they are proposed: the first that fits."""


def fits(kind: str, text: str) -> bool:
    """Say whether `text` can be read as `kind`; an unknown kind fits everything."""
    rule = _RULES.get(kind)
    return rule(text.strip()) if rule else True


def likely_kind(text: str) -> str:
    """Return the kind of reading that `text` most likely wants, "" when none fits."""
    plain = text.strip()
    if _MONEY.search(plain) and fits("currency", plain):
        return "currency"
    return next((kind for kind in _LIKELY if fits(kind, plain)), "") if plain else ""


def _date(text: str) -> bool:
    found = _ISO_DATE.fullmatch(text)
    if found:
        first, second = int(found[2]), int(found[3])
        # Both orders of day and month are written; one of the two must be a month.
        return 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31
    month = _MONTH_DATE.fullmatch(text)
    if month:
        return 1 <= int(month[2]) <= 12
    return bool(_HAN_DATE.fullmatch(text) or (_MONTH_NAME.search(text) and re.search(r"\d", text)))


def _time(text: str) -> bool:
    found = _CLOCK.fullmatch(text)
    if found and (found[2] or found[4]):
        highest = 12 if found[4] else 24
        minutes, seconds = int(found[2] or 0), int(found[3] or 0)
        return int(found[1]) <= highest and minutes < 60 and seconds < 60
    return bool(_HAN_CLOCK.fullmatch(text) and re.search("[点时分秒]", text))


def _telephone(text: str) -> bool:
    return bool(_TELEPHONE.fullmatch(text)) and sum(sign.isdigit() for sign in text) >= 3


def _has_sign(text: str) -> bool:
    return any(not sign.isalnum() and not sign.isspace() for sign in text)


def _has_letter_or_digit(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


_RULES: Mapping[str, Callable[[str], bool]] = {
    "cardinal": lambda text: bool(_CARDINAL.fullmatch(text)),
    "digits": lambda text: bool(_DIGITS.fullmatch(text)) and _has_letter_or_digit(text),
    "telephone": _telephone,
    "address": _has_letter_or_digit,
    "id": _has_letter_or_digit,
    "date": _date,
    "time": _time,
    "punctuation": _has_sign,
    "characters": bool,
    "measure": lambda text: bool(_MEASURE.fullmatch(text)),
    "currency": lambda text: bool(_CURRENCY.fullmatch(text)),
}
