"""Reads the frame number from images that a player shows."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from support.clips import frame_number


def number_in(image: QImage) -> int:
    """Return the frame number that is burnt into `image`."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return frame_number(rows[:, : grey.width()])
