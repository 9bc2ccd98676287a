from __future__ import annotations

import numpy as np

from redub.ui.timeline.columns import columns


def _peaks(seconds: float) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    rows = np.zeros((round(seconds * 100), 2), np.int16)
    rows[:, 0], rows[:, 1] = -1000, 1000
    return rows


def test_columns__a_loud_moment_is_seen_however_narrow_its_column() -> None:
    peaks = _peaks(2.0)
    peaks[150] = (-32768, 32767)

    drawn = columns(peaks, np.linspace(0, 2, 11))

    assert int(np.argmax(drawn[:, 1])) == 7
    assert drawn[7, 0] == -1.0
    assert drawn[7, 1] > 0.99


def test_columns__what_is_not_read_yet_is_nan() -> None:
    drawn = columns(_peaks(1.0), np.linspace(0, 2, 21))

    assert not np.isnan(drawn[:10]).any()
    assert np.isnan(drawn[10:]).all()


def test_columns__columns_narrower_than_a_peak_repeat_it() -> None:
    drawn = columns(_peaks(1.0), np.linspace(0.5, 0.52, 50))

    assert not np.isnan(drawn).any()
    assert np.ptp(drawn[:, 1]) == 0


def test_columns__of_nothing_are_all_nan() -> None:
    assert np.isnan(columns(_peaks(0.0), np.linspace(0, 1, 5))).all()
