"""The small honest mark on a rehearsal's picture, blended into the brightness of a corner."""

from __future__ import annotations

from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

WORDS = "REHEARSAL"
_PILL_LIGHT, _TEXT_LIGHT = 24.0, 228.0
_PILL_COVER, _TEXT_COVER = 0.55, 0.92
_SMOOTH = 4

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is blended: at (`top`, `left`), brightness becomes brightness * `keep` + `add`, colour fades by `fade`."""

    top: int
    left: int
    keep: NDArray[np.float32]
    add: NDArray[np.float32]
    fade: NDArray[np.float32]

    def blend(self, frame: av.VideoFrame) -> None:
        """Blend the mark into `frame` (yuv420p), which must be nobody else's: its planes are written."""
        height, width = self.keep.shape
        light = writable_plane(frame, 0)[self.top : self.top + height, self.left : self.left + width]
        np.copyto(light, light * self.keep + self.add, casting="unsafe")
        top, left = self.top // 2, self.left // 2
        for number in (1, 2):
            colour = writable_plane(frame, number)[top : top + height // 2, left : left + width // 2]
            np.copyto(colour, (colour - 128.0) * self.fade + 128.5, casting="unsafe")


def writable_plane(frame: av.VideoFrame, number: int) -> Plane:
    """Return the pixels of one plane of `frame`, without the padding of its rows, to read and write."""
    plane = frame.planes[number]
    pixels: Plane = np.ndarray(
        (plane.height, plane.width), np.uint8, memoryview(plane), strides=(plane.line_size, 1)
    )
    return pixels


def make_mark(width: int, height: int) -> Mark:
    """Draw the mark for pictures of `width` x `height`: in the corner at the bottom left, a twenty-fourth high."""
    letter = max(8, min(width, height) // 26)
    text, pill = _drawn(letter)
    box_height, box_width = (side // 2 * 2 for side in text.shape)
    margin = max(2, letter // 2 * 2)
    box_height, box_width = min(box_height, height), min(box_width, width)
    text, pill = text[:box_height, :box_width], pill[:box_height, :box_width]
    under = 1 - pill * _PILL_COVER
    over = text * _TEXT_COVER
    return Mark(
        top=max(0, height - box_height - margin) // 2 * 2,
        left=min(margin, max(0, width - box_width)) // 2 * 2,
        keep=(under * (1 - over)).astype(np.float32),
        add=(pill * _PILL_COVER * _PILL_LIGHT * (1 - over) + over * _TEXT_LIGHT + 0.5).astype(np.float32),
        fade=((under * (1 - over))[::2, ::2]).astype(np.float32),
    )


def _drawn(letter: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Draw the words and the pill under them, each 0 to 1, four times as large and scaled down to be smooth."""
    font = ImageFont.load_default(letter * _SMOOTH)
    left, top, right, bottom = font.getbbox(WORDS)
    pad_x, pad_y = letter * _SMOOTH * 0.7, letter * _SMOOTH * 0.45
    size = (int(right - left + 2 * pad_x), int(bottom - top + 2 * pad_y))
    pill, text = Image.new("L", size), Image.new("L", size)
    ImageDraw.Draw(pill).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), size[1] / 2, fill=255)
    ImageDraw.Draw(text).text((pad_x - left, pad_y - top), WORDS, font=font, fill=255)
    return _small(text), _small(pill)


def _small(image: Image.Image) -> NDArray[np.float32]:
    size = (max(2, image.width // _SMOOTH // 2 * 2), max(2, image.height // _SMOOTH // 2 * 2))
    return np.asarray(image.resize(size, Image.Resampling.BOX), np.float32) / np.float32(255)
