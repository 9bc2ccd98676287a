"""Paint the room behind the presenter of the sample clip: out of focus, with light that moves slowly."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from redub.media.pen import HEIGHT, WIDTH

Light = NDArray[np.float32]

_TOP, _BOTTOM = (222, 232, 233), (170, 192, 196)
_SHELF, _SHELF_EDGE = (202, 176, 148), (172, 144, 116)
_BOOKS = ((196, 106, 88), (92, 130, 140), (226, 190, 122), (118, 142, 112), (74, 96, 122))
_LEAF, _LEAF_DARK, _POT = (104, 146, 112), (78, 118, 92), (224, 150, 116)
_LAMP, _GLOW = (244, 214, 158), (255, 240, 208)
_PERIOD = 9.0
_WARMTH = (24.0, 17.0, 5.0)


def backdrop(seconds: float) -> Image.Image:
    """Return the room as it is lit `seconds` into the clip (720x1280, RGB)."""
    left, right = _lit_rooms()
    return Image.blend(left, right, 0.5 - 0.5 * math.sin(math.tau * seconds / _PERIOD))


@lru_cache(maxsize=1)
def _lit_rooms() -> tuple[Image.Image, Image.Image]:
    """Return the room with the light on its left and on its right."""
    room, left, right = _room().astype(np.float32), _pool(150, 330, 420), _pool(600, 420, 420)
    return _bright(room + 0.85 * left + 0.15 * right), _bright(room + 0.15 * left + 0.85 * right)


def _bright(room: Light) -> Image.Image:
    return Image.fromarray(np.clip(room, 0, 255).astype(np.uint8))


def _room() -> NDArray[np.uint8]:
    room = Image.fromarray(_gradient())
    draw = ImageDraw.Draw(room)
    _window(draw)
    _shelf(draw)
    _lamp(draw)
    _plant(draw)
    soft = room.filter(ImageFilter.GaussianBlur(9))
    return np.asarray(soft)


def _pool(x: float, y: float, radius: float) -> Light:
    across, down = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    distance = np.hypot(across - x, down - y) / radius
    strength: Light = np.exp(-distance * distance).astype(np.float32)[:, :, None]
    return strength * np.array(_WARMTH, np.float32)


def _gradient() -> NDArray[np.uint8]:
    down = np.linspace(0, 1, HEIGHT)[:, None, None]
    wall = np.array(_TOP) * (1 - down) + np.array(_BOTTOM) * down
    return np.repeat(wall, WIDTH, axis=1).astype(np.uint8)


def _window(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((40, 90, 250, 470), 18, fill=(240, 243, 240))
    draw.rectangle((140, 90, 150, 470), fill=(226, 232, 232))
    draw.rectangle((40, 270, 250, 280), fill=(226, 232, 232))


def _shelf(draw: ImageDraw.ImageDraw) -> None:
    for y in (330, 560):
        draw.rectangle((500, y, 720, y + 16), fill=_SHELF)
        draw.rectangle((500, y + 12, 720, y + 18), fill=_SHELF_EDGE)
    x = 520
    for number in range(8):
        width, height = 17 + number * 5 % 9, 92 + number * 37 % 46
        draw.rectangle((x, 330 - height, x + width, 330), fill=_BOOKS[number % len(_BOOKS)])
        x += width + (14 if number == 4 else 3)
    draw.ellipse((640, 470, 712, 560), fill=(236, 226, 210))
    for number, height in enumerate((70, 92, 80)):
        draw.rectangle((520 + number * 26, 560 - height, 542 + number * 26, 560), fill=_BOOKS[number + 2])


def _lamp(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((636, 700, 642, 1280), fill=(150, 130, 110))
    draw.polygon([(590, 720), (690, 720), (668, 620), (612, 620)], fill=_LAMP)
    draw.polygon([(604, 716), (676, 716), (658, 636), (622, 636)], fill=_GLOW)


def _plant(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(20, 1010), (150, 1010), (132, 1180), (38, 1180)], fill=_POT)
    for number, (lean, length) in enumerate(
        ((-70, 250), (-35, 330), (5, 380), (40, 320), (75, 240), (-15, 270), (22, 260))
    ):
        tip = (85 + lean * 1.5, 1010 - length)
        bend = (85 + lean * 0.3, 1010 - length * 0.55)
        side = 30
        leaf = [(85, 1010), (bend[0] - side, bend[1]), tip, (bend[0] + side, bend[1])]
        draw.polygon(leaf, fill=_LEAF if number % 2 else _LEAF_DARK)
