"""The keys of the commands: shown, changed, taken over from other programs."""

from redub.ui.keyboard.dialog import KeyboardDialog

__all__ = ["KeyboardDialog"]
