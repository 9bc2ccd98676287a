from __future__ import annotations

import av
import numpy as np
import pytest
from av.video.reformatter import ColorTrc

from redub.media.tonemap import to_ordinary


def mapped(value: float, transfer: ColorTrc) -> int:
    """Map one grey of `value` (0 to 1, as coded) and return what the screen gets."""
    frame = av.VideoFrame.from_ndarray(np.full((2, 2, 3), round(value * 65535), np.uint16), format="rgb48le")
    frame.color_trc = transfer
    shown = to_ordinary(frame).to_ndarray()
    assert len(np.unique(shown)) == 1, "grey stays grey"
    return int(shown[0, 0, 0])


@pytest.mark.parametrize(
    "transfer,white,peak", [(ColorTrc.SMPTE2084, 0.58, 0.752), (ColorTrc.ARIB_STD_B67, 0.75, 1.0)]
)
def test_to_ordinary__paper_white__is_bright_and_the_peak_is_white(
    transfer: ColorTrc, white: float, peak: float
) -> None:
    assert mapped(0.0, transfer) == 0
    assert 170 <= mapped(white, transfer) <= 210
    assert mapped(peak, transfer) >= 253


@pytest.mark.parametrize("transfer", [ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67])
def test_to_ordinary__brighter__never_becomes_darker(transfer: ColorTrc) -> None:
    shown = [mapped(step / 20, transfer) for step in range(21)]

    assert shown == sorted(shown)
