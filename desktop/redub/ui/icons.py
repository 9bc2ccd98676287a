"""Our own line icons: `resources/icons/*.svg`, tinted with the theme's colours at every size and density.

To add one: draw it on a 24 grid with a stroke of 1.75, round caps and `stroke="currentColor"`, save it in
`resources/icons`, and use its file name here.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from redub.paths import resource
from redub.ui.theme.tokens import colour


class _LineIcon(QIconEngine):
    """Draws one icon at whatever size is asked for, in the colours of the theme in force."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into `rect`."""
        del state
        role = "faint" if mode is QIcon.Mode.Disabled else self._role
        side = min(rect.width(), rect.height())
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(rect).center())
        _renderer(self._name, colour(role).name()).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw the icon on a clear ground of `size` device pixels."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return an engine of its own for a copied icon."""
        return _LineIcon(self._name, self._role)


def icon(name: str, role: str = "text") -> QIcon:
    """Return the icon `name`, drawn in the colour token `role`; grey where its control is disabled."""
    return QIcon(_LineIcon(name, role))


def picture(name: str, size: int, role: str = "text", ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of `size` device-independent pixels for a screen of density `ratio`."""
    side = round(size * ratio)
    made = _LineIcon(name, role).pixmap(QSize(side, side), QIcon.Mode.Normal, QIcon.State.Off)
    made.setDevicePixelRatio(ratio)
    return made


def names() -> tuple[str, ...]:
    """Return the names of all icons that there are."""
    return tuple(sorted(path.stem for path in resource("icons").glob("*.svg")))


@cache
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


@cache
def _renderer(name: str, tint: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", QColor(tint).name().encode())))
