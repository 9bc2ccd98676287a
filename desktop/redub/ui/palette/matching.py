"""How well some typed letters fit a text."""

from __future__ import annotations

_AT_A_WORD, _INSIDE, _SCATTERED = 0.0, 10.0, 100.0


def badness(typed: str, text: str) -> float | None:
    """Return how badly `typed` fits `text`, 0 for best; None when it does not fit at all.

    Every typed word must be found: best at the beginning of a word, else inside one, else its letters in their order.
    """
    within = text.casefold()
    found = [_badness_of(word, within) for word in typed.casefold().split()]
    worst = [one for one in found if one is not None]
    return sum(worst) if len(worst) == len(found) else None


def _badness_of(word: str, text: str) -> float | None:
    places = [place for place in range(len(text)) if text.startswith(word, place)]
    at_words = [place for place in places if place == 0 or not text[place - 1].isalnum()]
    if at_words:
        return _AT_A_WORD + at_words[0] / 100
    if places:
        return _INSIDE + places[0] / 100
    spread = _spread(word, text)
    # Letters that lie far apart fit almost any text.
    return None if spread is None or spread > 2 * len(word) else _SCATTERED + spread


def _spread(word: str, text: str) -> int | None:
    """Return over how many letters more than its own `word` is scattered in `text`, None when it is not in it."""
    start = end = -1
    for letter in word:
        end = text.find(letter, end + 1)
        if end < 0:
            return None
        start = end if start < 0 else start
    return end - start + 1 - len(word)
