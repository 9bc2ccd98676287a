"""The list of voices with its filters, and what can be done with the voice that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from redub.core.timbre import Timbre
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.layouts import column, row
from redub.ui.controls.twolines import HEIGHT, Index, Lines, TwoLines
from redub.ui.controls.words import label
from redub.ui.icons import icon
from redub.ui.voice.choosing import expiry_words, remark
from redub.ui.voice.filters import VoiceFilters
from redub.ui.voice.model import FAVOURITE_ROLE, TIMBRE_ROLE, TimbresModel

_STAR_ROOM = 32
"""Pixels at the right end of a row in which a click means its star."""


class _TimbreDelegate(TwoLines):
    def lines(self, index: Index) -> Lines:
        """Return a voice's name over what is known of it."""
        timbre: Timbre = index.data(TIMBRE_ROLE)
        star = ("star-full", "accent") if index.data(FAVOURITE_ROLE) else ("star", "faint")
        sign = ("warning", "warning") if expiry_words(timbre) else ("voice", "quiet")
        return Lines(timbre.name or timbre.key, remark(timbre), sign, star)


class _VoiceView(QListView):
    """Signals: `star_clicked` with the Timbre whose star was clicked; that does not choose the voice."""

    star_clicked = Signal(object)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a click on a star for what it is; any other click chooses the voice."""
        index = self.indexAt(event.position().toPoint())
        right = self.visualRect(index).right()
        if index.isValid() and event.position().x() >= right - _STAR_ROOM:
            self.star_clicked.emit(index.data(TIMBRE_ROLE))
        else:
            super().mousePressEvent(event)


class TimbreList(QWidget):
    """Find and choose a voice.

    Signals: `timbre_chosen` with the Timbre, `sample_wanted` with the Timbre to hear (None to be quiet),
    `favourite_wanted` with a TimbreKey and whether it is to be a favourite, `renew_wanted`.
    """

    timbre_chosen = Signal(object)
    sample_wanted = Signal(object)
    favourite_wanted = Signal(str, bool)
    renew_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._timbres: tuple[Timbre, ...] = ()
        self._favourites: frozenset[str] = frozenset()
        self._playing = ""
        whole = column(self, gap=6)
        self.filters = VoiceFilters()
        self.filters.changed.connect(self._on_wanted)
        whole.addWidget(self.filters)
        self._list, self._model = _VoiceView(), TimbresModel(self)
        self._prepare_list()
        self._pages = QStackedLayout()
        self._pages.addWidget(self._list)
        nothing = EmptyState("search", _("No voice matches"), _("Use other words, or fewer filters."))
        nothing.offer(_("Show all voices"), self.filters.clear)
        self._pages.addWidget(nothing)
        whole.addLayout(self._pages, 1)
        whole.addLayout(self._foot())
        self._list.selectionModel().currentChanged.connect(self._on_current)

    def _prepare_list(self) -> None:
        self._list.setAccessibleName(_("Voices"))
        self._list.setMouseTracking(True)
        self._list.setMinimumHeight(3 * HEIGHT + 4)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_TimbreDelegate(self._list))
        self._list.star_clicked.connect(lambda timbre: self._star(timbre.key))

    def _foot(self) -> QHBoxLayout:
        foot = row(gap=6)
        self._sample = push_button(_("Sample"), self._on_sample, sign="play", role="small")
        self._sample.setToolTip(_("Hear how this voice sounds"))
        self._star_button = push_button(
            _("Favourite"), lambda: self._star(self._key), sign="star", role="small"
        )
        foot.addWidget(self._sample)
        foot.addWidget(self._star_button)
        self._age = label("", "caption")
        self._age.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._age.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self._age, 1)
        foot.addWidget(tool_button("retry", _("Ask for the voices again"), self.renew_wanted.emit))
        return foot

    @property
    def shown(self) -> tuple[Timbre, ...]:
        """Return the voices that match."""
        return self._model.shown

    @property
    def playing(self) -> str:
        """Return the key of the voice whose sample is heard, "" when none is."""
        return self._playing

    def show_timbres(self, timbres: tuple[Timbre, ...], key: str) -> None:
        """Show `timbres`, the one with `key` chosen."""
        self._key, self._timbres = key, timbres
        self.filters.show_timbres(timbres)
        self._model.put(timbres, self._favourites)
        self._choose()

    def show_favourites(self, keys: frozenset[str]) -> None:
        """Mark the favourites."""
        self._favourites = keys
        self._model.put(self._timbres, keys)
        self._choose()

    def show_age(self, words: str) -> None:
        """Say how old the list is."""
        self._age.setText(words)
        self._age.setToolTip(words)

    def show_playing(self, key: str) -> None:
        """Show whose sample is heard, "" when none is."""
        self._playing = key
        self._show_foot()

    def _on_wanted(self, wanted: object) -> None:
        self._model.look_for(wanted)  # type: ignore[arg-type]  # a Wanted; signals carry objects
        self._choose()

    def _choose(self) -> None:
        index = self._model.index(self._model.place(self._key))
        if index != self._list.currentIndex():
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
        self._pages.setCurrentIndex(0 if self._model.rowCount() else 1)
        self._show_foot()

    def _show_foot(self) -> None:
        timbre = self._timbre
        plays = bool(self._playing) and self._playing == self._key
        self._sample.setIcon(icon("stop" if plays else "play"))
        self._sample.setText(_("Stop") if plays else _("Sample"))
        self._sample.setEnabled(timbre is not None)
        self._star_button.setIcon(icon("star-full" if self._key in self._favourites else "star"))
        self._star_button.setEnabled(timbre is not None)

    @property
    def _timbre(self) -> Timbre | None:
        return next((timbre for timbre in self._timbres if timbre.key == self._key), None)

    def _on_sample(self) -> None:
        plays = bool(self._playing) and self._playing == self._key
        self.sample_wanted.emit(None if plays else self._timbre)

    def _star(self, key: str) -> None:
        if key:
            self.favourite_wanted.emit(key, key not in self._favourites)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            timbre: Timbre = current.data(TIMBRE_ROLE)
            if timbre.key != self._key:
                self.timbre_chosen.emit(timbre)
