"""The list under the caret of the source: what can be written here."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from redub.core.ssml.completion import Completion, Completions
from redub.i18n import _

_WIDTH, _LINES = 230, 7


class OfferList(QListWidget):
    """Lies in the window and takes no focus; the field passes it the keys.

    Signals: `taken` with the `Completion` that was chosen.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "card")
        self.setAccessibleName(_("What can be written here"))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._home = parent
        self._offers: tuple[Completion, ...] = ()
        self.itemClicked.connect(lambda _item: self.take())
        self.hide()

    def show_offers(self, found: Completions, place: QPoint) -> None:
        """Show what was found under `place` (of the parent)."""
        self._offers = found.offers
        self.clear()
        for one in found.offers:
            item = QListWidgetItem(one.text)
            item.setToolTip(one.sentence)
            self.addItem(item)
        self.setCurrentRow(0)
        height = self.sizeHintForRow(0) * min(_LINES, self.count()) + 2 * self.frameWidth() + 4
        below = place.y() + height <= self._home.height()
        self.resize(min(_WIDTH, self._home.width() - 8), height)
        self.move(
            max(4, min(place.x(), self._home.width() - self.width() - 4)),
            place.y() if below else max(0, place.y() - height - 24),
        )
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go to another line, round and round."""
        self.setCurrentRow((self.currentRow() + by) % max(1, self.count()))

    def take(self) -> None:
        """Choose the line that is marked."""
        row = self.currentRow()
        self.hide()
        if 0 <= row < len(self._offers):
            self.taken.emit(self._offers[row])
