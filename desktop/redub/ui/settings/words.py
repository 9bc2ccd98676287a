"""The values of settings in words."""

from __future__ import annotations

from redub.i18n import _


def choice_word(name: str) -> str:
    """Return how a choice is called; a word that is not known stands for itself."""
    words = {
        "international": _("Tencent Cloud International"),
        "china": _("Tencent Cloud China"),
        "rehearsal": _("Rehearsal on this computer"),
        "custom": _("Another address"),
        "virtual": _("Before the host (Tencent COS)"),
        "path": _("In the path"),
        "system": _("As the computer"),
        "light": _("Light"),
        "dark": _("Dark"),
    }
    return words.get(name, name)
