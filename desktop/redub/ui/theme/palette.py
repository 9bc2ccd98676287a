"""The tokens as a QPalette, for what the style draws by itself."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from redub.ui.theme.tokens import Tokens

_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "quiet",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "sunken",
    QPalette.ColorRole.Highlight: "accent_fill",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent_fill",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "on_tooltip",
}
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


def palette(tokens: Tokens) -> QPalette:
    """Return `tokens` as a palette."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, tokens.colour(name))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, tokens.colour("faint"))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, tokens.colour("hover"))
    return made
