"""How Chinese characters can be read, the likeliest reading in their context first (pypinyin).

The dictionary takes half a second to load and 50 MB to keep: it is loaded when somebody first asks.
"""

from __future__ import annotations

import asyncio

from redub.core.ssml.scripts import is_han

Candidates = tuple[str, ...]
"""Readings of one character with tone numbers 1 to 5, the likeliest first; () when it is no Chinese character."""

_CONTEXT = 24


async def readings(text: str, first: int, last: int) -> tuple[Candidates, ...]:
    """Return the readings of the characters `first` to `last` of `text`; what stands around them decides."""
    start = max(0, first - _CONTEXT)
    near = text[start : last + _CONTEXT]
    return await asyncio.to_thread(candidates, near, first - start, last - start)


def candidates(text: str, first: int, last: int) -> tuple[Candidates, ...]:
    """Do it at once; the first call loads the dictionary."""
    from pypinyin import Style, pinyin  # half a second and 50 MB, for those who ask

    told = [sign if is_han(sign) else "，" for sign in text]
    likely = pinyin("".join(told), style=Style.TONE3, neutral_tone_with_five=True, errors=_kept)  # type: ignore[arg-type]  # a list is taken too, one entry for each sign
    found: list[Candidates] = []
    for place in range(first, min(last, len(text))):
        sign = text[place]
        if not is_han(sign):
            found.append(())
            continue
        every = pinyin(sign, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, errors="ignore")
        best = likely[place][0] if len(likely) == len(text) else ""
        known = [
            one
            for one in ([best] if best else []) + [one for group in every for one in group]
            if _is_toned(one)
        ]
        found.append(tuple(dict.fromkeys(known)))
    return tuple(found)


def _kept(signs: str) -> list[list[str]]:
    """Keep one entry for each sign that is no Chinese character, so that places stay what they are."""
    return [[""] for _ in signs]


def _is_toned(reading: str) -> bool:
    return reading[-1:] in set("12345") and reading[:-1].isalpha()
