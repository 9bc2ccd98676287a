"""Where the panels stand; the only place that knows, so that they can be moved about later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from redub.i18n import _
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.layouts import column
from redub.ui.findings import FindingsPanel
from redub.ui.icons import icon
from redub.ui.options import OptionsPanel
from redub.ui.takes import TakesPanel
from redub.ui.tasks import TasksPanel
from redub.ui.tasks.table import TasksTable
from redub.ui.voice import VoicePanel

WIDE = 1700
"""Pixels of width from which the side columns get more room."""


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels that a window begins with."""

    takes: TakesPanel
    voice: VoicePanel
    options: OptionsPanel
    findings: FindingsPanel
    tasks: TasksPanel


class Arrangement(QWidget):
    """Takes on the left, preview over timeline in the middle, script, voice, options over findings on the right,
    tasks below; every border can be dragged.
    """

    def __init__(self, panels: Panels, hint: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._borders: dict[str, bytes] = {}
        self._named: dict[str, QWidget] = {
            name: getattr(panels, name) for name in ("takes", "voice", "options", "findings", "tasks")
        }
        self._stage = QStackedWidget()
        self._stage.addWidget(EmptyState("film", _("Starting…"), _("The window is ready in a moment.")))
        self._centre = self._split(Qt.Orientation.Vertical, "centre")
        self._stage.addWidget(self._centre)
        self.tabs = self._tabs()
        self._upper_right = QWidget()
        column(self._upper_right, gap=0).addWidget(self.tabs, 1)
        self._right = self._split(Qt.Orientation.Vertical, "right", self._upper_right, panels.findings)
        across = Qt.Orientation.Horizontal
        self._columns = self._split(across, "columns", panels.takes, self._middle(hint), self._right)
        self._whole = self._split(Qt.Orientation.Vertical, "whole", self._columns, panels.tasks)
        column(self).addWidget(self._whole)
        self._set_stretch()

    def _middle(self, hint: QWidget) -> QWidget:
        middle = QWidget()
        whole = column(middle, gap=0)
        whole.addWidget(hint)
        whole.addWidget(self._stage, 1)
        return middle

    def put_stage(self, preview: QWidget, timeline: QWidget, script: QWidget, player: QWidget) -> None:
        """Put in the panels that show and play media, when they are there."""
        self._named |= {"preview": preview, "timeline": timeline, "script": script, "player": player}
        self._centre.addWidget(preview)
        self._centre.addWidget(timeline)
        self._centre.setStretchFactor(0, 1)
        self._stage.addWidget(player)
        self._stage.setCurrentWidget(self._centre)
        self.tabs.insertTab(0, script, icon("script", "quiet"), _("Script"))
        self.tabs.setCurrentIndex(0)
        self.settle(self.width(), self.height())
        self.restore(self._borders)

    def put_under_tabs(self, row: QWidget) -> None:
        """Put a row under script, voice and options."""
        layout = self._upper_right.layout()
        if layout is not None:
            layout.addWidget(row)

    def _split(self, orientation: Qt.Orientation, name: str, *widgets: QWidget) -> QSplitter:
        made = QSplitter(orientation)
        made.setObjectName(name)
        made.setHandleWidth(5)
        made.setChildrenCollapsible(False)
        for widget in widgets:
            made.addWidget(widget)
        return made

    def _tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(_("Script, voice and options"))
        tabs.tabBar().setAccessibleName(_("Script, voice and options"))
        tabs.addTab(self._panels.voice, icon("voice", "quiet"), _("Voice"))
        tabs.addTab(self._panels.options, icon("options", "quiet"), _("Options"))
        return tabs

    def _set_stretch(self) -> None:
        for splitter, factors in ((self._columns, (0, 1, 0)), (self._whole, (1, 0))):
            for place, factor in enumerate(factors):
                splitter.setStretchFactor(place, factor)
        self._right.setStretchFactor(0, 3)
        self._right.setStretchFactor(1, 1)
        self._panels.takes.setMinimumWidth(150)
        self._right.setMinimumWidth(300)
        self._panels.findings.setMinimumHeight(110)
        self._panels.tasks.setMinimumHeight(34)

    def settle(self, width: int, height: int) -> None:
        """Give every panel a sensible size for a window of `width` by `height`."""
        is_wide = width >= WIDE
        left, right = (max(240, width // 12), max(440, width // 6)) if is_wide else (184, 348)
        self._columns.setSizes([left, max(400, width - left - right), right])
        tasks = min(300, max(96, round(height * 0.2) - 60))
        self._whole.setSizes([height - tasks, tasks])
        timeline = min(420, max(246, round(height * 0.3)))
        self._centre.setSizes([max(200, height - tasks - timeline), timeline])
        findings = max(160, round((height - tasks) * 0.3))
        self._right.setSizes([height - tasks - findings, findings])

    def show_player(self, shown: bool) -> None:
        """Show the player of results in the middle, or the reference again."""
        if "player" in self._named:
            self._stage.setCurrentWidget(self._named["player"] if shown else self._centre)

    @property
    def player_is_shown(self) -> bool:
        """Say whether the middle shows a result."""
        return self._stage.currentWidget() is self._named.get("player")

    @property
    def tasks_table(self) -> TasksTable:
        """Return the table of tasks, whose columns are remembered."""
        return self._panels.tasks.table

    def show_panel(self, name: str) -> None:
        """Bring the panel `name` to the front and give it the focus."""
        panel = self._named.get(name)
        if panel is None:
            return
        if self.tabs.indexOf(panel) >= 0:
            self.tabs.setCurrentWidget(panel)
        if name in {"preview", "timeline"}:
            self.show_player(False)
        if name == "tasks":
            self._panels.tasks.fold(False)
        _focus_first(panel)

    @property
    def _splitters(self) -> tuple[QSplitter, ...]:
        return (self._whole, self._columns, self._centre, self._right)

    def state(self) -> dict[str, bytes]:
        """Return where the borders stand, for the next start."""
        return {one.objectName(): bytes(one.saveState().data()) for one in self._splitters}

    def restore(self, state: Mapping[str, bytes]) -> None:
        """Put the borders where they stood; what is not known stays."""
        self._borders = dict(state)
        for splitter in self._splitters:
            if splitter.objectName() in state:
                splitter.restoreState(QByteArray(state[splitter.objectName()]))


_MAIN_CONTROLS = (QTextEdit, QPlainTextEdit, QListView, QTableView)


def _focus_first(panel: QWidget) -> None:
    """Give the focus to what a panel is about, a text or a list, else to the first control in it."""
    inside = [widget for widget in (panel, *panel.findChildren(QWidget)) if _takes_focus(widget)]
    main = [widget for widget in inside if isinstance(widget, _MAIN_CONTROLS)]
    for widget in (main or inside)[:1]:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible()
