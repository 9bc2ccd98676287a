"""How the window looks: colours, the timeline's zoom, full screen, panels."""

from __future__ import annotations

from collections.abc import Callable

from redub.ui.theme import ThemeChoice
from redub.ui.verbs.tools import Tools


class LookActions:
    """The window's look; `keep_theme` remembers the chosen colours."""

    def __init__(self, tools: Tools, keep_theme: Callable[[str], object]) -> None:
        self._tools = tools
        self._keep_theme = keep_theme

    def choose_theme(self, theme: str) -> None:
        """Wear "system", "light" or "dark"."""
        self._tools.theme.choose(ThemeChoice(theme))
        self._keep_theme(theme)

    def zoom_in(self) -> None:
        """Show less of the clip on the timeline."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.zoom_in()

    def zoom_out(self) -> None:
        """Show more of the clip on the timeline."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.zoom_out()

    def zoom_fit(self) -> None:
        """Show the whole clip on the timeline."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.fit()

    def zoom_segment(self) -> None:
        """Show the segment on the timeline."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.fit_segment()

    def full_screen(self) -> None:
        """Fill the screen, or not."""
        window = self._tools.window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def fold_tasks(self) -> None:
        """Fold the tasks away, or unfold them."""
        self._tools.panels.tasks.fold(not self._tools.panels.tasks.is_folded)

    def show_panel(self, name: str) -> None:
        """Go to a panel."""
        self._tools.window.arrangement.show_panel(name)
