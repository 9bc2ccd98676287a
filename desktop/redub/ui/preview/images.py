"""Decoded pictures as Qt shows them."""

from __future__ import annotations

from PySide6.QtGui import QImage

from redub.media.picture import Picture


def image_of(picture: Picture) -> QImage:
    """Return the picture as an image with memory of its own."""
    made = QImage(picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    return made.copy()
