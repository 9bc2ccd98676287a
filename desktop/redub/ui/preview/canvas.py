"""The canvas: one picture, as large as it fits, on a dark ground."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from redub.i18n import _
from redub.ui.theme import colour

_VEIL, _WHISPER = QColor(0, 0, 0, 150), QColor(255, 255, 255, 210)  # over a picture, the same in every theme


class Canvas(QWidget):
    """Signals: `pressed` when it is clicked, `resized` with its size in device pixels."""

    pressed = Signal()
    resized = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._badge = self._whisper = ""
        self.setAccessibleName(_("Picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)

    @property
    def picture(self) -> QImage | None:
        """Return what is shown."""
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        """Show `picture`, or nothing."""
        self._picture = picture
        self.update()

    @property
    def badge(self) -> str:
        """Return the words that are written over the picture."""
        return self._badge

    def show_badge(self, words: str) -> None:
        """Write `words` over the picture, "" for none."""
        self._badge = words
        self.setAccessibleDescription(words)
        self.update()

    @property
    def whisper(self) -> str:
        """Return the quiet words in the corner."""
        return self._whisper

    def show_whisper(self, words: str) -> None:
        """Write `words` small in the lower corner, "" for none."""
        if words != self._whisper:
            self._whisper = words
            self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, 360)

    def picture_rect(self) -> QRect:
        """Return where the picture lies."""
        if self._picture is None:
            return QRect()
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(0, 0), size)
        place.moveCenter(self.rect().center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture on its ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("sunken"))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.picture_rect(), self._picture)
        if self._whisper:
            self._paint_whisper(painter)
        if self._badge:
            self._paint_badge(painter)

    def _paint_whisper(self, painter: QPainter) -> None:
        """Draw the quiet words on a dark veil, so that they can be read on any picture."""
        words = painter.fontMetrics().boundingRect(self._whisper)
        veil = QRect(QPoint(0, 0), words.size() + QSize(16, 6))
        veil.moveBottomRight(self.rect().bottomRight() - QPoint(8, 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawRoundedRect(veil, 4, 4)
        painter.setPen(_WHISPER)
        painter.drawText(veil, Qt.AlignmentFlag.AlignCenter, self._whisper)

    def _paint_badge(self, painter: QPainter) -> None:
        """Draw the words on a plate in the corner of the picture."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        words = painter.fontMetrics().boundingRect(self._badge)
        corner = self.picture_rect().topLeft() if self._picture is not None else self.rect().topLeft()
        plate = QRect(corner + QPoint(12, 12), words.size() + QSize(24, 10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_fill"))
        painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
        painter.setPen(colour("on_accent"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._badge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell how many device pixels there are now."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self.resized.emit(round(self.width() * ratio), round(self.height() * ratio))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that it was clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)
