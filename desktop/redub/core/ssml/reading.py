"""How a marked text is read aloud: numbers, dates, times, money and signs as words, by kind and language.

Chinese and English have their own rules; in every other language digits and characters are read one by one,
and the rest is left to the voice.
"""

from __future__ import annotations

import re

from redub.core.ssml import reading_en, reading_zh
from redub.core.ssml.vocabulary import SAY_AS_KINDS


def reading(text: str, kind: str, language: str) -> str:
    """Return the words that `text` is read as.

    :param kind: one of `SAY_AS_KINDS`; any other leaves `text` as it is
    :param language: "zh", "en" or another language's code
    """
    plain = text.strip()
    if kind not in SAY_AS_KINDS or not plain:
        return text
    rules = {"zh": reading_zh.RULES, "en": reading_en.RULES}.get(language)
    if rules:
        return rules[kind](plain)
    return _one_by_one(plain) if kind in {"digits", "telephone", "id", "characters"} else text


def _one_by_one(text: str) -> str:
    return " ".join(re.findall(r"\w", text))
