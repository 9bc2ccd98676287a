"""Everything about one task, in a window of its own: its story, the exact request, the answers, its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.theme import scale


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStory:
    """What the window shows.

    :ivar facts: name and value, one line each: codes, links, files
    :ivar events: when (Unix seconds), what, the words that came with it
    :ivar request: the exact body, without secrets
    :ivar answers: when, which question, the body without secrets
    :ivar changes: API field, before, after: what differs from the take before
    """

    title: str
    state: str
    facts: tuple[tuple[str, str], ...]
    events: tuple[tuple[float, str, str], ...]
    request: str
    answers: tuple[tuple[float, str, str], ...]
    changes: tuple[tuple[str, str, str], ...]


class StoryDialog(QDialog):
    """Shows a task's story; it stays up to date by `show_story`.

    Signals: `copy_wanted` with "copy_json" or "copy_curl".
    """

    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None, story: TaskStory) -> None:
        super().__init__(parent)
        self.resize(720, 520)
        whole = column(self, margin=scale().space.large, gap=scale().space.medium)
        self._title, self._state = label("", "title", wrap=True), label("", "quiet", wrap=True)
        whole.addWidget(self._title)
        whole.addWidget(self._state)
        self._tabs = QTabWidget()
        self._events = _table((_("When"), _("What"), _("Words")))
        self._facts = _table((_("Name"), _("Value")))
        self._changes = _table((_("Field"), _("Before"), _("Now")))
        self._request, self._answers = _text(_("The exact request")), _text(_("The answers"))
        for widget, name in (
            (self._events, _("Story")),
            (self._facts, _("Codes, links and files")),
            (self._request, _("Request")),
            (self._answers, _("Answers")),
            (self._changes, _("What changed")),
        ):
            widget.setAccessibleName(name)
            self._tabs.addTab(widget, name)
        whole.addWidget(self._tabs, 1)
        whole.addLayout(self._foot())
        self.show_story(story)

    def _foot(self) -> QHBoxLayout:
        foot = row()
        for text, name in ((_("Copy as JSON"), "copy_json"), (_("Copy as cURL"), "copy_curl")):
            copy = push_button(text, partial(self.copy_wanted.emit, name), sign="copy")
            copy.setAutoDefault(False)
            foot.addWidget(copy)
        foot.addStretch(1)
        close = push_button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        foot.addWidget(close)
        return foot

    def show_story(self, story: TaskStory) -> None:
        """Show a newer story."""
        self.setWindowTitle(story.title)
        self._title.setText(story.title)
        self._state.setText(story.state)
        _fill(self._events, ((_moment(when), what, said) for when, what, said in story.events))
        _fill(self._facts, story.facts)
        _fill(self._changes, story.changes)
        self._tabs.setTabVisible(4, bool(story.changes))
        _put(self._request, story.request)
        _put(self._answers, "\n\n".join(f"{_moment(t)}  {ask}\n{body}" for t, ask, body in story.answers))

    @property
    def said(self) -> str:
        """Return everything that is shown, for a test and for copying."""
        tables = (self._events, self._facts, self._changes)
        lines = [line for table in tables for line in _lines(table)]
        return "\n".join([*lines, self._request.toPlainText(), self._answers.toPlainText()])


def _table(heads: tuple[str, ...]) -> QTreeWidget:
    made = QTreeWidget()
    made.setHeaderLabels(list(heads))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    return made


def _fill(table: QTreeWidget, rows: Iterable[tuple[str, ...]]) -> None:
    table.clear()
    for cells in rows:
        item = QTreeWidgetItem([" ".join(cell.split()) for cell in cells])
        for place, cell in enumerate(cells):
            item.setToolTip(place, cell)
        table.addTopLevelItem(item)
    for place in range(table.columnCount() - 1):
        table.resizeColumnToContents(place)


def _lines(table: QTreeWidget) -> list[str]:
    items = (table.topLevelItem(place) for place in range(table.topLevelItemCount()))
    return ["\t".join(item.text(place) for place in range(table.columnCount())) for item in items if item]


def _text(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    made.setPlaceholderText(_("There is nothing yet: {what}.").format(what=name.lower()))
    return made


def _put(field: QPlainTextEdit, text: str) -> None:
    """Change the text only when it is another one: somebody may be reading and marking it."""
    if field.toPlainText() != text:
        field.setPlainText(text)


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M:%S}"
