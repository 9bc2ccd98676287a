"""The stylesheet: `resources/theme/style.qss` with its `${names}` filled in from the tokens."""

from __future__ import annotations

import json
from string import Template

from redub.paths import resource
from redub.ui.theme.tokens import Tokens

_SIGNS = ("check", "dash", "dot", "down", "up")


def stylesheet(tokens: Tokens) -> str:
    """Return the stylesheet of `tokens`; KeyError names a placeholder that no token fills."""
    template = Template(resource("theme", "style.qss").read_text("utf-8"))
    return template.substitute({**tokens.colours, **_sizes(), **_images(tokens)})


def _sizes() -> dict[str, str]:
    groups = json.loads(resource("theme", "scale.json").read_text("utf-8"))
    return {
        f"{group}_{name}": f"{pixels}px"
        for group, sizes in groups.items()
        if isinstance(sizes, dict)
        for name, pixels in sizes.items()
    }


def _images(tokens: Tokens) -> dict[str, str]:
    return {f"image_{sign}": resource("theme", f"{sign}-{tokens.name}.svg").as_posix() for sign in _SIGNS}
