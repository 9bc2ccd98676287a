from __future__ import annotations

import numpy as np
import pytest

from redub.media import strips
from redub.media.picture import Picture

PEAKS = np.array([(-5, 7), (-32768, 32767), (0, 0)], np.int16)


def test_peaks__packed__come_back_as_they_were() -> None:
    assert np.array_equal(strips.unpack_peaks(strips.pack_peaks(PEAKS)), PEAKS)


def test_pictures__packed__come_back_nearly_as_they_were() -> None:
    rows = np.full((4, 20), 90, np.uint8)  # 6 pixels of 3 bytes in rows of 20
    picture = Picture(1.5, 37, 6, 4, rows.tobytes(), 20)

    [(moment, shown)] = strips.unpack_pictures(strips.pack_pictures([(1.4, picture)]))

    assert (moment, shown.time, shown.index, shown.width, shown.height) == (1.4, 1.5, 37, 6, 4)
    assert np.abs(np.frombuffer(shown.rgb, np.uint8).astype(int) - 90).max() <= 2
    assert len(shown.rgb) == shown.stride * shown.height


def test_moments__packed__come_back_as_they_were() -> None:
    assert strips.unpack_moments(strips.pack_moments([0.04, 7.24])) == [0.04, 7.24]


@pytest.mark.parametrize("cut", [0, 3, 4, 10])
def test_unpack__cut_off__is_unusable(cut: int) -> None:
    with pytest.raises(strips.Unusable):
        strips.unpack_peaks(strips.pack_peaks(PEAKS)[:cut])


def test_unpack__something_else__is_unusable() -> None:
    with pytest.raises(strips.Unusable):
        strips.unpack_pictures(strips.pack_moments([1.0]))
