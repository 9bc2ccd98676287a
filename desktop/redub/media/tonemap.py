"""Bring an HDR picture (PQ or HLG, BT.2020) to an ordinary screen: dark parts stay, bright ones are pressed together.

Done here in numpy, because libswscale builds a table for each size first, which takes seconds.
"""

from __future__ import annotations

from functools import lru_cache

import av
import numpy as np
from av.video.reformatter import ColorTrc
from numpy.typing import NDArray

Levels = NDArray[np.float32]

HDR_TRANSFERS = frozenset({ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67})

_WHITE = 203.0
"""Candelas of a sheet of paper in HDR pictures (ITU-R BT.2408)."""
_PEAK = 1000.0
_STEPS = 4096
# Linear BT.2020 to linear BT.709 (ITU-R BT.2087).
_PRIMARIES = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32
)


def to_ordinary(frame: av.VideoFrame) -> av.VideoFrame:
    """Return an RGB frame of 8 bits, without a time; `frame` has 16 bits a colour (rgb48le) on its HDR curve."""
    coded = frame.to_ndarray()
    light = _light(int(frame.color_trc))[coded] @ _PRIMARIES.T
    brightest = np.maximum(light.max(axis=2, keepdims=True), 1e-6)
    pressed = light * (_press(brightest) / brightest)
    shown = _curve()[(np.clip(pressed, 0, 1) * (_STEPS - 1)).astype(np.uint16)]
    return av.VideoFrame.from_ndarray(shown, format="rgb24")


def _press(light: Levels) -> Levels:
    """Reinhard's curve with a white point: 1 at the peak of the picture, steep in the dark."""
    peak = _PEAK / _WHITE
    pressed: Levels = (light * (1 + light / (peak * peak)) / (1 + light)).astype(np.float32)
    return pressed


@lru_cache(maxsize=2)
def _light(transfer: int) -> Levels:
    """Return for each 16-bit value how bright it is, where paper white is 1."""
    value = np.arange(65536, dtype=np.float64) / 65535
    return (_from_pq(value) if transfer == ColorTrc.SMPTE2084 else _from_hlg(value)).astype(np.float32)


def _from_pq(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Apply the EOTF of SMPTE ST 2084."""
    root = value ** (1 / 78.84375)
    part = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
    light: NDArray[np.float64] = 10000 * part ** (1 / 0.1593017578125) / _WHITE
    return light


def _from_hlg(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Apply the inverse OETF of ARIB STD-B67, and its gamma of 1.2 for a screen of 1000 candelas."""
    scene = np.where(
        value <= 0.5, value * value / 3, (np.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    )
    light: NDArray[np.float64] = scene**1.2 * _PEAK / _WHITE
    return light


@lru_cache(maxsize=1)
def _curve() -> NDArray[np.uint8]:
    """Return the 8-bit value for each step of linear light (sRGB)."""
    light = np.linspace(0, 1, _STEPS)
    value = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(value * 255).astype(np.uint8)
