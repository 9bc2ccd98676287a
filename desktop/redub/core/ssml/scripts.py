"""Writing systems: which script a character belongs to, and which language a text is mostly in."""

from __future__ import annotations

import bisect
import functools
from collections import Counter
from enum import StrEnum


class Script(StrEnum):
    """The writing systems that decide which voice speaks; NONE is digits, signs and spaces."""

    NONE = ""
    LATIN = "latin"
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    HEBREW = "hebrew"
    ARABIC = "arabic"
    THAI = "thai"
    ETHIOPIC = "ethiopic"
    DEVANAGARI = "devanagari"


_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x41, 0x5A, Script.LATIN),
    (0x61, 0x7A, Script.LATIN),
    (0xAA, 0xAA, Script.LATIN),
    (0xBA, 0xBA, Script.LATIN),
    (0xC0, 0xD6, Script.LATIN),
    (0xD8, 0xF6, Script.LATIN),
    (0xF8, 0x2AF, Script.LATIN),
    (0x370, 0x3FF, Script.GREEK),
    (0x400, 0x52F, Script.CYRILLIC),
    (0x590, 0x5FF, Script.HEBREW),
    (0x600, 0x6FF, Script.ARABIC),
    (0x750, 0x77F, Script.ARABIC),
    (0x900, 0x97F, Script.DEVANAGARI),
    (0xE00, 0xE7F, Script.THAI),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x1200, 0x139F, Script.ETHIOPIC),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x2E80, 0x2FDF, Script.HAN),
    (0x3005, 0x3007, Script.HAN),
    (0x3041, 0x30FF, Script.KANA),
    (0x3130, 0x318F, Script.HANGUL),
    (0x31F0, 0x31FF, Script.KANA),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7AF, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0xFF21, 0xFF3A, Script.LATIN),
    (0xFF41, 0xFF5A, Script.LATIN),
    (0xFF66, 0xFF9F, Script.KANA),
    (0x20000, 0x323AF, Script.HAN),
)
_STARTS = [first for first, _, _ in _RANGES]


@functools.lru_cache(maxsize=4096)
def script_of(sign: str) -> Script:
    """Return the script of one character."""
    number = ord(sign)
    first, last, script = _RANGES[max(0, bisect.bisect_right(_STARTS, number) - 1)]
    return script if first <= number <= last else Script.NONE


def is_han(sign: str) -> bool:
    """Say whether a character is a Chinese character."""
    return script_of(sign) is Script.HAN


def main_language(text: str) -> str:
    """Return "zh", "ja", "ko" or "en" (for everything else) by what most letters of `text` are.

    A Chinese character weighs as much as a short word of Latin letters.
    """
    counts = Counter(map(script_of, text))
    if counts[Script.KANA] and counts[Script.KANA] * 4 >= counts[Script.HAN]:
        return "ja"
    if counts[Script.HANGUL] > counts[Script.HAN]:
        return "ko"
    return "zh" if counts[Script.HAN] * 3 >= max(1, counts[Script.LATIN]) else "en"
