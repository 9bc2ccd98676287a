"""Peaks to pixels: the lowest and highest sample under each column of the waveform."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Peaks = npt.NDArray[np.int16]
PER_SECOND = 100
"""Pairs of peaks a second, as they are read from the sound."""


def columns(peaks: Peaks, edges: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return low and high, -1 to 1, between neighbouring `edges` (seconds): shape (len(edges) - 1, 2).

    Columns behind the last peak are nan. Soft sound is lifted, so that it can be told from silence.
    """
    result = np.full((len(edges) - 1, 2), np.nan)
    places = np.clip(np.floor(edges * PER_SECOND).astype(np.int64), 0, len(peaks))
    starts = places[:-1]
    known = np.flatnonzero(starts < len(peaks))
    if not len(known):
        return result
    lows = np.minimum.reduceat(peaks[:, 0], starts[known])
    highs = np.maximum.reduceat(peaks[:, 1], starts[known])
    last = known[-1]
    tail = peaks[starts[last] : max(places[last + 1], starts[last] + 1)]
    lows[-1], highs[-1] = tail[:, 0].min(), tail[:, 1].max()
    result[known, 0], result[known, 1] = _lifted(lows), _lifted(highs)
    return result


def _lifted(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.float64]:
    level = samples.astype(np.float64) / 32768.0
    return np.asarray(np.sign(level) * np.abs(level) ** 0.6, dtype=np.float64)
