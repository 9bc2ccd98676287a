"""The row over the videos: what is judged, what stands beside it, how they stand, the mouth, the loudness."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from redub.i18n import _
from redub.services.review import MOST_PANES, REFERENCE, Session
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import row
from redub.ui.player.volume import VolumeRow
from redub.ui.review.words import Layout, layout_word
from redub.ui.theme import scale


class ReviewHead(QWidget):
    """Signals.

    `result_wanted` (id of a task), `beside_wanted` (keys of what is to stand beside it), `layout_picked` (Layout),
    `zoom_picked` (bool), `swap_wanted` when another one is to be heard.
    """

    result_wanted = Signal(str)
    beside_wanted = Signal(object)
    layout_picked = Signal(object)
    zoom_picked = Signal(bool)
    swap_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self._result = QComboBox()
        self._result.setAccessibleName(_("The result that is judged"))
        self._result.setMinimumWidth(180)
        self._result.activated.connect(lambda place: self.result_wanted.emit(self._result.itemData(place)))
        self.beside = push_button(_("Beside it"), sign="film")
        self.beside.setAutoDefault(False)
        self._menu = QMenu(self)
        self.beside.setMenu(self._menu)
        self._layouts = QComboBox()
        self._layouts.setAccessibleName(_("How the videos stand"))
        for layout in Layout:
            self._layouts.addItem(layout_word(layout), layout.value)
        self._layouts.activated.connect(lambda _place: self.layout_picked.emit(self.layout_shown))
        self._zoom = tool_button("zoom-in", _("Show only the mouth (Z)"))
        self._zoom.setCheckable(True)
        self._zoom.toggled.connect(self.zoom_picked)
        self._swap = tool_button("listen", _("Hear the other one (S)"), self.swap_wanted.emit)
        self.volume = VolumeRow()
        self._compose()

    def _compose(self) -> None:
        line = row(self, gap=scale().space.small)
        line.setContentsMargins(scale().space.small, 4, scale().space.small, 4)
        line.addWidget(self._result)
        line.addWidget(self.beside)
        line.addWidget(self._layouts)
        line.addWidget(self._zoom)
        line.addStretch(1)
        line.addWidget(self._swap)
        line.addWidget(self.volume)

    def show_session(self, session: Session) -> None:
        """Show what is judged and what can stand beside it."""
        own = session.panes[0]
        self._result.clear()
        self._result.addItem(own.title, own.key)
        for key, title in session.offered:
            if key != REFERENCE:
                self._result.addItem(title, key)
        self._shown = tuple(pane.key for pane in session.panes[1:])
        self._menu.clear()
        for key, title in session.offered:
            action = QAction(title, self._menu)
            action.setCheckable(True)
            action.setChecked(key in self._shown)
            action.setEnabled(key in self._shown or len(self._shown) < MOST_PANES - 1)
            action.toggled.connect(partial(self._on_toggled, key))
            self._menu.addAction(action)
        self.beside.setEnabled(bool(session.offered))
        self.beside.setToolTip("" if session.offered else session.remark)
        self._layouts.setEnabled(bool(self._shown))

    @property
    def layout_shown(self) -> Layout:
        """Return the chosen layout."""
        return Layout(self._layouts.currentData())

    def next_layout(self) -> None:
        """Choose the next layout."""
        if self._layouts.isEnabled():
            self._layouts.setCurrentIndex((self._layouts.currentIndex() + 1) % self._layouts.count())
            self.layout_picked.emit(self.layout_shown)

    def toggle_zoom(self) -> None:
        """Show the mouth only, or the whole picture."""
        self._zoom.toggle()

    def _on_toggled(self, key: str, on: bool) -> None:
        others = tuple(one for one in self._shown if one != key)
        self.beside_wanted.emit((*others, key) if on else others)
