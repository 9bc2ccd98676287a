"""The command palette: every command found by typing some of its letters."""

from redub.ui.palette.palette import Palette

__all__ = ["Palette"]
