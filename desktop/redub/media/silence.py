"""Finds the quiet parts of a clip from its peaks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from redub.core.quiet import Quiet, joined
from redub.media.peaks import Samples

AT_LEAST = 0.3
"""Seconds: between two words it is quiet for less."""

_FAINTEST = -96.0
_LOWEST, _HIGHEST = -60.0, -30.0
"""Decibels below full scale between which the threshold of a clip lies."""
_SHARE = 0.35
"""Where between the room's own noise and the voice the threshold lies."""
_APART = 12.0
"""Decibels by which a voice is louder than the room; with less the clip is quiet, or loud, all through."""


def silence(
    peaks: Samples, per_second: int = 100, *, threshold: float | None = None, at_least: float = AT_LEAST
) -> tuple[Quiet, ...]:
    """Return the stretches that are quieter than `threshold` for at least `at_least` seconds, in order.

    :param peaks: shape (n, 2), lowest and highest sample of each stretch, as `peaks` yields them
    :param threshold: decibels below full scale; None chooses one between the noise of the room and the voice
    """
    if not len(peaks):
        return ()
    levels = _levels(peaks)
    quiet = levels < (fitting_threshold(levels) if threshold is None else threshold)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    runs = (edges.reshape(-1, 2) / per_second).tolist()
    return joined((Quiet(start, end) for start, end in runs), at_least)


def fitting_threshold(levels: NDArray[np.float64]) -> float:
    """Return the decibels that part voice from room in a clip whose stretches have `levels`."""
    room, voice = np.percentile(levels, (10, 95))
    if voice - room < _APART:
        return (_LOWEST + _HIGHEST) / 2
    return float(np.clip(room + _SHARE * (voice - room), _LOWEST, _HIGHEST))


def _levels(peaks: Samples) -> NDArray[np.float64]:
    """Return half the swing of each stretch in decibels below full scale; a constant offset does not count."""
    swing = (peaks[:, 1].astype(np.float64) - peaks[:, 0]) / 65536.0
    return np.asarray(20 * np.log10(np.maximum(swing, 10 ** (_FAINTEST / 20))))
