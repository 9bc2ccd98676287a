"""The look: tokens (data in `resources/theme`), and what Qt needs of them.

To add a colour: 1. name it in `dark.json` and `light.json`; 2. if it carries text or a sign, add the pair to
`CONTRASTS` of `redub.ui.theme.contrast`; 3. use it as `colour("name")` where something is painted, or as
`${name}` in `style.qss`.

Painted widgets ask `colour(...)` while they paint and call `update()` on `QEvent.PaletteChange`: so a change of
theme needs no signal of its own.
"""

from __future__ import annotations

from redub.ui.theme.apply import Theme, ThemeChoice
from redub.ui.theme.tokens import Tokens, colour, current, load, scale

__all__ = ["Theme", "ThemeChoice", "Tokens", "colour", "current", "load", "scale"]
