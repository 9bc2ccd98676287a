"""How marked texts are read in English; whole numbers stay digits, which every English voice reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from redub.core.ssml.units import named_unit

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905  # twelve words read better in a row
)
# A lone "a" is spoken as the article; its name is wanted.
_LETTERS = {"a": "ay"}
_SIGNS = {
    ".": "full stop",
    ",": "comma",
    "?": "question mark",
    "!": "exclamation mark",
    ":": "colon",
    ";": "semicolon",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "…": "ellipsis",
    "(": "left bracket",
    ")": "right bracket",
    "[": "left bracket",
    "]": "right bracket",
    '"': "quotation mark",
    "'": "apostrophe",
    "/": "slash",
    "\\": "backslash",
    "@": "at",
    "#": "hash",
    "&": "and",
    "*": "star",
    "+": "plus",
    "=": "equals",
    "_": "underscore",
    "%": "percent",
    "<": "less than",
    ">": "greater than",
    "。": "full stop",
    "，": "comma",
    "？": "question mark",
    "！": "exclamation mark",
    "、": "comma",
    "：": "colon",
    "；": "semicolon",
}
_UNITS = {
    "km": "kilometres",
    "m": "metres",
    "dm": "decimetres",
    "cm": "centimetres",
    "mm": "millimetres",
    "kg": "kilograms",
    "g": "grams",
    "mg": "milligrams",
    "t": "tonnes",
    "l": "litres",
    "ml": "millilitres",
    "h": "hours",
    "min": "minutes",
    "s": "seconds",
    "ms": "milliseconds",
    "%": "percent",
    "°c": "degrees Celsius",
    "℃": "degrees Celsius",
    "°f": "degrees Fahrenheit",
    "°": "degrees",
    "km/h": "kilometres an hour",
    "m/s": "metres a second",
    "mb": "megabytes",
    "gb": "gigabytes",
    "kw": "kilowatts",
    "w": "watts",
    "v": "volts",
    "hz": "hertz",
}
_POWERS = {"²": "square ", "2": "square ", "³": "cubic ", "3": "cubic "}
_MONEY = {
    "$": ("dollars", "cents"),
    "usd": ("dollars", "cents"),
    "€": ("euros", "cents"),
    "eur": ("euros", "cents"),
    "£": ("pounds", "pence"),
    "gbp": ("pounds", "pence"),
    "¥": ("yuan", ""),
    "￥": ("yuan", ""),
    "rmb": ("yuan", ""),
    "cny": ("yuan", ""),
    "元": ("yuan", ""),
    "jpy": ("yen", ""),
    "hkd": ("Hong Kong dollars", "cents"),
}
_AMOUNT = re.compile(r"(?P<before>[^\d\s.,+-]*)\s*(?P<number>[+-]?[\d,]*\.?\d+)\s*(?P<after>[^\d\s].*|)")


def _cardinal(text: str) -> str:
    plain = text.replace(",", "")
    return f"minus {plain[1:]}" if plain.startswith("-") else plain


def _digits(text: str) -> str:
    return " ".join(sign if sign.isdigit() else "point" for sign in text if sign.isdigit() or sign == ".")


def _telephone(text: str) -> str:
    groups = [" ".join(group) for group in re.findall(r"\d+", text)]
    return ("plus " if text.startswith("+") else "") + ", ".join(groups)


def _characters(text: str) -> str:
    return " ".join(_name(sign) for sign in text if not sign.isspace())


def _name(sign: str) -> str:
    return _LETTERS.get(sign.lower()) or _SIGNS.get(sign) or sign.upper()


def _punctuation(text: str) -> str:
    shorter = re.sub(r"…+|\.{3,}", "…", text)
    return " ".join(_SIGNS.get(sign, sign) for sign in shorter if not sign.isspace())


def _address(text: str) -> str:
    return re.sub(r"\d{3,}", lambda found: " ".join(found[0]), text)


def _date(text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    if found and 1 <= int(found[2]) <= 12:
        return f"{_MONTHS[int(found[2]) - 1]} {int(found[3])}, {_year(found[1])}"
    month = re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text)
    if month and 1 <= int(month[2]) <= 12:
        return f"{_MONTHS[int(month[2]) - 1]} {_year(month[1])}"
    day = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})", text)
    if day and 1 <= int(day[1]) <= 12:
        return f"{_MONTHS[int(day[1]) - 1]} {int(day[2])}"
    return text


def _year(year: str) -> str:
    """Read a year in two halves, 1998 as 19 98, as English does; 2000 to 2009 are whole numbers."""
    whole = year.startswith("200") or year[2:] == "00" or year.startswith("0")
    if whole:
        return str(int(year))
    return f"{year[:2]} oh {year[3]}" if year[2] == "0" else f"{year[:2]} {year[2:]}"


def _time(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?\s*(?:([apAP])\.?[mM]\.?)?", text)
    if not found:
        return text
    half = f" {_LETTERS.get(found[4].lower(), found[4].upper())} M" if found[4] else ""
    minutes, seconds = int(found[2] or 0), int(found[3] or 0)
    tail = f" and {seconds} seconds" if seconds else ""
    if not minutes:
        return f"{int(found[1])}{half or ' o’clock'}{tail}"
    return f"{int(found[1])} {f'oh {minutes}' if minutes < 10 else minutes}{tail}{half}"


def _measure(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    return f"{_cardinal(found['number'])} {named_unit(found['after'], _UNITS, _POWERS)}" if found else text


def _currency(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    money = _MONEY.get((found["before"] or found["after"]).strip().lower()) if found else None
    if not found or not money:
        return text
    number = _cardinal(found["number"])
    whole, _, part = number.partition(".")
    if not money[1] or len(part) != 2:
        return f"{number} {money[0]}"
    return f"{whole or '0'} {money[0]}" + (f" {int(part)} {money[1]}" if int(part) else "")


RULES: Mapping[str, Callable[[str], str]] = {
    "cardinal": _cardinal,
    "digits": _digits,
    "telephone": _telephone,
    "address": _address,
    "id": _characters,
    "date": _date,
    "time": _time,
    "punctuation": _punctuation,
    "characters": _characters,
    "measure": _measure,
    "currency": _currency,
}
