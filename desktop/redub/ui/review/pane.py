"""One video of the review: its name, whether it is heard, its picture, and which of its frames that is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from redub.core.faces import Box
from redub.i18n import _
from redub.services.reviewsheet import clock
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.icons import icon
from redub.ui.preview.canvas import Canvas
from redub.ui.review.feed import PaneFeed
from redub.ui.theme import scale

_LARGEST = 1920
_WIDE = 340
"""From this width on there is room for the moment beside the number of the frame."""


class PaneView(QWidget):
    """Signals: `hear_wanted` when this one is to be heard, `pressed` when the picture is clicked."""

    hear_wanted = Signal()
    pressed = Signal()

    def __init__(self, feed: PaneFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._zoom = False
        self.canvas = Canvas()
        self.canvas.setMinimumSize(120, 90)
        self.canvas.setAccessibleName(_("Picture of {name}").format(name=feed.pane.title))
        self._hear = tool_button("volume", _("Hear this one (S)"), self.hear_wanted.emit)
        self._hear.setCheckable(True)
        self._title, self._place = label("", "strong"), label("", "caption")
        whole = column(self, gap=0)
        head = row(gap=scale().space.small)
        head.setContentsMargins(scale().space.small, 2, scale().space.small, 2)
        head.addWidget(self._hear)
        head.addWidget(self._title, 1)
        head.addWidget(self._place)
        whole.addLayout(head)
        whole.addWidget(self.canvas, 1)
        self.canvas.pressed.connect(self.pressed)
        self.canvas.resized.connect(self._fit)
        self.setMinimumWidth(160)

    @property
    def feed(self) -> PaneFeed:
        """Return where the pictures come from."""
        return self._feed

    def show_moment(self, seconds: float) -> None:
        """Show the picture that has come for `seconds` of the result, and say which it is."""
        self.canvas.show_picture(shown_part(self._feed, seconds, zoom=self._zoom))
        here = self._feed.pane.alignment.at(seconds)
        moment = self._feed.pane.alignment.moment(seconds)
        backward = " ◀" if here.direction < 0 else ""
        when = f"{clock(moment)}  " if self.width() >= _WIDE else ""
        known = self._feed.picture is not None
        self._place.setText(f"{when}f{self._feed.index}{backward}" if known else "")
        self.canvas.show_whisper("" if here.direction else _("It does not say this: it stands still"))

    def show_heard(self, heard: bool) -> None:
        """Show whether this one is heard."""
        self._hear.setChecked(heard)
        self._hear.setIcon(icon("volume", "accent" if heard else "faint"))
        name = _("{name} is heard") if heard else _("Hear {name}")
        self._hear.setAccessibleName(name.format(name=self._feed.pane.title))

    def show_silent(self) -> None:
        """Show that there is nothing to hear."""
        self._hear.setEnabled(False)
        self._hear.setToolTip(_("It has no sound."))
        self._hear.setAccessibleDescription(_("It has no sound."))

    def show_zoom(self, zoom: bool) -> None:
        """Show only the mouth, or the whole picture."""
        self._zoom = zoom
        self._fit(*self._pixels())

    def _pixels(self) -> tuple[int, int]:
        ratio = self.canvas.devicePixelRatioF()
        return round(self.canvas.width() * ratio), round(self.canvas.height() * ratio)

    def _fit(self, width: int, height: int) -> None:
        side = self._feed.pane.view(0.0).width if self._zoom else 1.0
        self._feed.fit_into(*(min(_LARGEST, round(pixels / side)) for pixels in (width, height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name where there is no room for it."""
        super().resizeEvent(event)
        title = self._feed.pane.title
        room = max(40, self.width() - (200 if self.width() >= _WIDE else 110))
        metrics = QFontMetrics(self._title.font())
        self._title.setText(metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room))
        self._title.setToolTip(f"{title}\n{self._feed.pane.path}")


def shown_part(feed: PaneFeed, seconds: float, *, zoom: bool) -> QImage | None:
    """Return the picture of a feed, or only the part around the mouth."""
    picture = feed.picture
    if picture is None or not zoom:
        return picture
    return picture.copy(_pixels_of(feed.pane.view(feed.pane.alignment.moment(seconds)), picture.size()))


def _pixels_of(box: Box, size: QSize) -> QRect:
    left, top = round(box.left * size.width()), round(box.top * size.height())
    width, height = round(box.width * size.width()), round(box.height * size.height())
    return QRect(left, top, max(2, width), max(2, height))
