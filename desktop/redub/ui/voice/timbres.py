"""The list of voices with its search."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from redub.core.timbre import Timbre
from redub.i18n import _
from redub.ui.controls.layouts import column
from redub.ui.controls.twolines import Index, Lines, TwoLines
from redub.ui.icons import icon
from redub.ui.voice.choosing import remark
from redub.ui.voice.model import TIMBRE_ROLE, TimbresModel


class _TimbreDelegate(TwoLines):
    def lines(self, index: Index) -> Lines:
        """Return a voice's name over what is known of it."""
        timbre: Timbre = index.data(TIMBRE_ROLE)
        return Lines(timbre.name or timbre.key, remark(timbre), ("voice", "quiet"))


class TimbreList(QWidget):
    """Find and choose a voice.

    Signals: `timbre_chosen` with the Timbre.
    """

    timbre_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = column(self)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Find a voice: name, language, mood"))
        self._search.setAccessibleName(_("Find a voice"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        whole.addWidget(self._search)
        self._list = QListView()
        self._list.setAccessibleName(_("Voices"))
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = TimbresModel(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_TimbreDelegate(self._list))
        whole.addWidget(self._list, 1)
        self._search.textChanged.connect(self._on_search)
        self._key = ""
        self._list.selectionModel().currentChanged.connect(self._on_current)

    def show_timbres(self, timbres: tuple[Timbre, ...], key: str) -> None:
        """Show `timbres`, the one with `key` chosen."""
        self._key = key
        self._model.put(timbres)
        self._choose()

    def _on_search(self, text: str) -> None:
        self._model.look_for(text)
        self._choose()

    def _choose(self) -> None:
        index = self._model.index(self._model.place(self._key))
        if index != self._list.currentIndex():
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            timbre: Timbre = current.data(TIMBRE_ROLE)
            if timbre.key != self._key:
                self.timbre_chosen.emit(timbre)
