"""The settings dialog: groups at the left, settings at the right, a search over all; every change counts at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QScrollArea, QVBoxLayout, QWidget

from redub.i18n import _
from redub.store.settings import DECLARED, GROUPS, Settings
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.icons import icon
from redub.ui.settings.bucketpart import BucketPart
from redub.ui.settings.row import SettingRow
from redub.ui.theme import scale

_LEFT_WIDTH = 190


class SettingsDialog(QDialog):
    """All settings of `redub.store.settings`.

    Signals: `changed` with a setting's name and new value, `account_wanted` for the account's own dialog. The bucket's
    signals are those of `bucket`.
    """

    changed = Signal(str, object)
    account_wanted = Signal()

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self.resize(820, 600)
        self.bucket = BucketPart()
        self._rows: dict[str, SettingRow] = {}
        self._sections: dict[str, QWidget] = {}
        space = scale().space
        whole = column(self, margin=space.large, gap=space.medium)
        middle = row(gap=space.large)
        middle.addLayout(self._left())
        middle.addWidget(self._pages(), 1)
        whole.addLayout(middle, 1)
        whole.addLayout(self._foot())
        self.show_settings(settings)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._search.setFocus)
        self._groups.setCurrentRow(0)

    def _left(self) -> QVBoxLayout:
        left = column()
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Search"))
        self._search.setAccessibleName(_("Search the settings"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setFixedWidth(_LEFT_WIDTH)
        self._search.textChanged.connect(self.look_for)
        left.addWidget(self._search)
        self._groups = QListWidget()
        self._groups.setAccessibleName(_("Groups of settings"))
        self._groups.setFixedWidth(_LEFT_WIDTH)
        self._groups.setFrameShape(QFrame.Shape.NoFrame)
        self._groups.addItems([_(title) for title in GROUPS.values()])
        self._groups.currentRowChanged.connect(self._on_group)
        left.addWidget(self._groups, 1)
        return left

    def _pages(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "clear")
        pages = column(inner, gap=scale().space.wide)
        for name, title in GROUPS.items():
            pages.addWidget(self._section(name, title))
        self._nothing = label(_("No setting has these words."), "quiet")
        self._nothing.hide()
        pages.addWidget(self._nothing)
        pages.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("Settings"))
        self._scroll.setWidget(inner)
        self._inner = inner
        return self._scroll

    def _section(self, name: str, title: str) -> QWidget:
        section = QWidget()
        lines = column(section, gap=scale().space.large)
        lines.setContentsMargins(0, 0, scale().space.medium, 0)
        lines.addWidget(label(_(title), "title"))
        for declared in DECLARED.values():
            if declared.group == name:
                made = SettingRow(declared)
                made.changed.connect(self.changed)
                self._rows[declared.name] = made
                lines.addWidget(made)
        if name == "bucket":
            lines.addWidget(self.bucket)
        if name == "service":
            more = push_button(_("Account…"), self.account_wanted.emit)
            lines.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._sections[name] = section
        return section

    def _foot(self) -> QVBoxLayout:
        foot = column()
        line = row()
        line.addWidget(label(_("Every change counts at once."), "quiet"), 1)
        close = push_button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        close.setAutoDefault(False)
        line.addWidget(close)
        foot.addLayout(line)
        return foot

    @property
    def rows(self) -> dict[str, SettingRow]:
        """Return the rows by the settings' names."""
        return dict(self._rows)

    def show_settings(self, settings: Settings) -> None:
        """Show the values that count now."""
        for name, shown in self._rows.items():
            shown.show_value(getattr(settings, name))

    def say(self, name: str, fault: str) -> None:
        """Say at a setting why it was not saved."""
        self._rows[name].say(fault)

    def look_for(self, text: str) -> None:
        """Show only the settings that have all the words of `text`."""
        words = text.casefold().split()
        found = False
        for name, section in self._sections.items():
            rows = [shown for shown in self._rows.values() if shown.declared.group == name]
            for shown in rows:
                shown.setVisible(all(word in shown.spoken for word in words))
            some = any(not shown.isHidden() for shown in rows)
            section.setVisible(some)
            found = found or some
        self.bucket.setVisible(not words)
        self._nothing.setVisible(not found)

    def show_group(self, name: str) -> None:
        """Go to a group of settings."""
        self._groups.setCurrentRow(list(GROUPS).index(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return end the entry of a value without closing the dialog."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def _on_group(self, place: int) -> None:
        self._search.clear()
        section = self._sections[list(GROUPS)[max(0, place)]]
        self._inner.adjustSize()
        self._scroll.verticalScrollBar().setValue(section.y())
