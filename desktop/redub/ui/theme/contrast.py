"""How well colours can be told apart (WCAG 2.2), and which pairs of tokens have to be."""

from __future__ import annotations

from itertools import product

from redub.ui.theme.tokens import Tokens

TEXT = 4.5
"""Smallest ratio of text to its ground (success criterion 1.4.3, AA)."""
SIGN = 3.0
"""Smallest ratio of a sign or an edge that carries meaning to its ground (1.4.11, AA)."""

_GROUNDS = ("window", "panel", "raised", "hover", "selection")
_WORDS = ("text", "quiet", "accent", "error", "warning", "ok", "info")
_LANES = ("segment", "still", "forward", "reverse", "splice", "wave")
_MARKS = ("mark_pause", "mark_sound", "mark_meaning", "mark_action")

CONTRASTS: tuple[tuple[str, str, float], ...] = (
    *((word, ground, TEXT) for word, ground in product(_WORDS, _GROUNDS)),
    *((level, f"{level}_fill", TEXT) for level in ("error", "warning", "ok", "info")),
    *(("text", f"{level}_fill", TEXT) for level in ("error", "warning", "ok", "info")),
    *(("quiet", ground, TEXT) for ground in ("sunken", "lane_ground")),
    *(("text", ground, TEXT) for ground in ("sunken", "lane_ground", "pressed")),
    *(("on_accent", f"accent_fill{state}", TEXT) for state in ("", "_hover", "_pressed")),
    ("on_tooltip", "tooltip", TEXT),
    *((mark, ground, TEXT) for mark, ground in product(_MARKS, ("raised", "panel"))),
    *((edge, ground, SIGN) for edge, ground in product(("edge", "focus"), ("panel", "raised", "window"))),
    *((f"lane_{lane}", "lane_ground", SIGN) for lane in _LANES),
    *((sign, "lane_ground", SIGN) for sign in ("playhead", "face_good", "face_bad")),
    ("accent_fill", "panel", SIGN),
    ("accent_fill", "window", SIGN),
)
"""Every pair that somebody has to read or to see: what is in front, what is behind, and the smallest ratio."""


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(front: str, ground: str) -> float:
    """Return the contrast of two colours, 1 (none) to 21."""
    high, low = sorted((luminance(front), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_weak(tokens: Tokens) -> list[str]:
    """Name the pairs of `tokens` that cannot be told apart well enough."""
    return [
        f"{tokens.name}: {front} on {ground} is {found:.2f}, needs {needed}"
        for front, ground, needed in CONTRASTS
        if (found := ratio(tokens.colours[front], tokens.colours[ground])) < needed
    ]
