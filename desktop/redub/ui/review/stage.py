"""The videos of a review, side by side, stacked, or wiped over each other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from redub.i18n import _
from redub.ui.controls.layouts import column
from redub.ui.review.feed import PaneFeed
from redub.ui.review.pane import PaneView, shown_part
from redub.ui.review.wipe import WipeCanvas
from redub.ui.review.words import Layout
from redub.ui.timeline.announce import announce


class ReviewStage(QWidget):
    """Signals: `hear_wanted` (place of a pane), `pressed` when a picture is clicked."""

    hear_wanted = Signal(int)
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: tuple[PaneView, ...] = ()
        self._feeds: tuple[PaneFeed, ...] = ()
        self._layout, self._zoom, self._heard, self._moment = Layout.SIDE, False, 0, 0.0
        self._pages = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self.wipe = WipeCanvas()
        self.wipe.resized.connect(self._fit_wiped)
        self._pages.addWidget(self._split)
        self._pages.addWidget(self.wipe)
        column(self).addWidget(self._pages)
        self.setMinimumSize(420, 200)
        self.setAccessibleName(_("Videos"))

    @property
    def layout_shown(self) -> Layout:
        """Return how the videos stand."""
        return self._layout

    def show_feeds(self, feeds: tuple[PaneFeed, ...]) -> None:
        """Show other videos."""
        for pane in self.panes:
            pane.hide()
            pane.setParent(None)
            pane.deleteLater()
        self._feeds = feeds
        self.panes = tuple(PaneView(feed) for feed in feeds)
        for place, pane in enumerate(self.panes):
            pane.hear_wanted.connect(lambda at=place: self.hear_wanted.emit(at))
            pane.pressed.connect(self.pressed)
            pane.show_zoom(self._zoom)
            self._split.addWidget(pane)
            self._split.setStretchFactor(place, 1)
        self.wipe.show_pair(None, None)
        self.show_heard(0)
        self.arrange(self._layout)

    def arrange(self, layout: Layout) -> None:
        """Let the videos stand in another way; there is nothing to wipe with one."""
        self._layout = layout
        is_wiped = layout is Layout.WIPED and len(self.panes) > 1
        stacked = layout is Layout.STACKED
        self._split.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
        extent = self._split.height() if stacked else self._split.width()
        self._split.setSizes([max(1, extent // max(1, len(self.panes)))] * len(self.panes))
        self._pages.setCurrentIndex(int(is_wiped))
        self._fit_wiped()
        self.show_moment(self._moment)

    def show_zoom(self, zoom: bool) -> None:
        """Show the mouths only, or whole pictures."""
        self._zoom = zoom
        for pane in self.panes:
            pane.show_zoom(zoom)
        self._fit_wiped()
        self.show_moment(self._moment)

    def show_heard(self, place: int) -> None:
        """Show which one is heard."""
        changed, self._heard = place != self._heard, place
        for number, pane in enumerate(self.panes):
            pane.show_heard(number == place)
        if changed and self.panes:
            announce(self, _("{name} is heard").format(name=self.panes[place].feed.pane.title))
        self.show_moment(self._moment)

    def show_moment(self, seconds: float) -> None:
        """Show the pictures that have come for `seconds` of the result, all at once."""
        self._moment = seconds
        for pane in self.panes:
            pane.show_moment(seconds)
        if self._pages.currentIndex():
            self.wipe.show_pair(*(shown_part(feed, seconds, zoom=self._zoom) for feed in self._wiped()))
            self.wipe.show_whisper(f"{self._wiped()[0].pane.title}  |  {self._wiped()[1].pane.title}")

    def _wiped(self) -> tuple[PaneFeed, PaneFeed]:
        """Return the result, and what is wiped over it: the one that is heard, else the second."""
        return self._feeds[0], self._feeds[self._heard or 1]

    def _fit_wiped(self, *_size: int) -> None:
        """Make pictures for the large canvas as long as two share it."""
        if self._pages.currentIndex():
            ratio = self.wipe.devicePixelRatioF()
            for feed in self._wiped():
                side = feed.pane.view(0.0).width if self._zoom else 1.0
                width, height = self.wipe.width() * ratio / side, self.wipe.height() * ratio / side
                feed.fit_into(min(1920, round(width)), min(1920, round(height)))
        else:
            for pane in self.panes:
                pane.show_zoom(self._zoom)
