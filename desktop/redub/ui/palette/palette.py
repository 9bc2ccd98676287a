"""A line to type into over the list of the commands that fit; Return does the marked one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QWidget

from redub.i18n import _, ngettext
from redub.ui.commands.entry import Entry
from redub.ui.controls.layouts import column
from redub.ui.controls.twolines import HEIGHT, Index, Lines, TwoLines
from redub.ui.controls.words import label
from redub.ui.palette.matching import badness
from redub.ui.theme import scale

_ENTRY = Qt.ItemDataRole.UserRole
_WIDTH, _SHOWN = 560, 8
_WALK = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class Palette(QDialog):
    """Find one of `entries`; `chosen` is its id after the dialog was accepted."""

    def __init__(
        self, parent: QWidget, entries: tuple[Entry, ...], title: str = "", placeholder: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title or _("Find a command"))
        self.chosen = ""
        self._lists_commands = not title
        self._entries = entries
        space = scale().space
        whole = column(self, margin=space.medium, gap=space.small)
        self._typed = QLineEdit()
        self._typed.setPlaceholderText(placeholder or _("Type what you want to do"))
        self._typed.setAccessibleName(title or _("Find a command"))
        self._typed.setClearButtonEnabled(True)
        self._typed.textChanged.connect(self._show_fitting)
        self._typed.installEventFilter(self)
        whole.addWidget(self._typed)
        whole.addWidget(self._make_list(), 1)
        self._count = label("", "quiet")
        whole.addWidget(self._count)
        self.setFixedWidth(_WIDTH)
        self.resize(_WIDTH, HEIGHT * _SHOWN + 96)
        self._show_fitting("")

    def _make_list(self) -> QListView:
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_EntryLines(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # typing goes on while the list is walked through
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(_("Commands that fit") if self._lists_commands else self.windowTitle())
        self._list.clicked.connect(self._choose)
        return self._list

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the list with the arrows, and choose with Return, while the line has the focus."""
        if watched is self._typed and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _WALK:
                self._list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _show_fitting(self, typed: str) -> None:
        rated = [(badness(typed, f"{entry.text} {entry.where}"), entry) for entry in self._entries]
        fitting = [(bad, entry) for bad, entry in rated if bad is not None]
        fitting.sort(key=lambda pair: (pair[0], bool(pair[1].reason)) if typed else (0.0, False))
        self._model.clear()
        for _bad, entry in fitting:
            item = QStandardItem(entry.text)
            item.setData(entry, _ENTRY)
            item.setData(entry.reason or entry.where, Qt.ItemDataRole.AccessibleDescriptionRole)
            self._model.appendRow(item)
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._count.setText(self._said(len(fitting)))

    def _said(self, count: int) -> str:
        if not self._lists_commands:
            return "" if count else _("Nothing has these letters.")
        if not count:
            return _("No command has these letters.")
        return ngettext("{n} command", "{n} commands", count).format(n=count)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen = index.data(_ENTRY).id
            self.accept()


class _EntryLines(TwoLines):
    """A command over the menu that it stands in, or over why it is not possible now."""

    def lines(self, index: Index) -> Lines:
        """Return what the row at `index` shows."""
        entry: Entry = index.data(_ENTRY)
        quiet = entry.reason or " · ".join(part for part in (entry.where, entry.keys) if part)
        role = "faint" if entry.reason else "text"
        return Lines(entry.text, quiet, (entry.icon or "chevron-right", role))
