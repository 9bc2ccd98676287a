"""Find a mark by typing: every tag, every kind of reading, usual pauses and the presets in one list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from redub.core.ssml.presets import Preset
from redub.core.ssml.vocabulary import SAY_AS_KINDS, STRENGTHS, TAGS
from redub.i18n import _
from redub.ui.icons import icon
from redub.ui.script.labels import look, pause_words

_WIDTH, _HEIGHT = 300, 280
_PAUSES = ("300ms", "500ms", "1s", "2s", "3s")


class MarkFinder(QFrame):
    """A card in the window. Signals: `wanted` with a tag, `preset_wanted` with a `Preset`, `closed` in any case."""

    wanted = Signal(str)
    preset_wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.setProperty("role", "card")
        self._line, self._list = QLineEdit(), QListWidget()
        self._line.setPlaceholderText(_("Find a mark, a kind of reading or a preset"))
        self._line.setAccessibleName(_("Find a mark"))
        self._list.setAccessibleName(_("Marks and presets"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._line.textChanged.connect(self._sift)
        self._line.returnPressed.connect(self.take)
        self._list.itemClicked.connect(lambda _item: self.take())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.addWidget(self._line)
        whole.addWidget(self._list)
        self._rows: list[tuple[str, str | Preset]] = []
        self.hide()

    def open_at(self, place: QPoint, presets: Sequence[Preset]) -> None:
        """Show everything under `place` (of the parent), presets first."""
        self._rows = _rows(presets)
        self._line.clear()
        self._sift("")
        self.resize(min(_WIDTH, self._home.width() - 8), _HEIGHT)
        self.move(max(4, min(place.x(), self._home.width() - self.width() - 4)), place.y())
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _sift(self, typed: str) -> None:
        words = typed.lower().split()
        self._list.clear()
        for title, meant in self._rows:
            if all(word in title.lower() for word in words):
                tag = meant if isinstance(meant, str) else meant.tag
                item = QListWidgetItem(icon(look(tag).icon, look(tag).tone), title)
                item.setData(Qt.ItemDataRole.UserRole, meant)
                self._list.addItem(item)
        self._list.setCurrentRow(0)

    @property
    def titles(self) -> list[str]:
        """Return what is listed now."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def take(self) -> None:
        """Choose the row that is marked."""
        item = self._list.currentItem()
        self.close_up()
        if not self._list.count():
            return
        meant = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(meant, str):
            self.wanted.emit(meant)
        else:
            self.preset_wanted.emit(meant)

    def close_up(self) -> None:
        """Go away."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list from the line; leave with Escape."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key(), 0)  # type: ignore[call-overload]  # int keys
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif step and self._list.count():
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
        else:
            super().keyPressEvent(event)


def _rows(presets: Sequence[Preset]) -> list[tuple[str, str | Preset]]:
    rows: list[tuple[str, str | Preset]] = [(one.name, one) for one in presets]
    rows.extend((f"{tag.label} ({tag.name})", tag.name) for tag in TAGS.values())
    for time in _PAUSES:
        title = _("Pause of {length}").format(length=pause_words(time))
        rows.append((title, Preset(title, "break", (("time", time),))))
    for strength in STRENGTHS:
        title = _("Pause: {strength}").format(strength=strength)
        rows.append((title, Preset(title, "break", (("strength", strength),))))
    for kind in SAY_AS_KINDS.values():
        title = _("Read as: {kind} ({name})").format(kind=kind.label, name=kind.name)
        rows.append((title, Preset(title, "say-as", (("interpret-as", kind.name),))))
    return rows
