"""The sound of a recording to mouth movements: how loud it is, and where in the spectrum.

Open vowels are loud with a high first formant; hissing sounds part the lips little; an energy between 900 and 2800 Hz
spreads them, its lack rounds them. Short dips between loud sounds are lips that meet.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from redub.rehearsal.lips.mouthing import RATE, Mouthing, Row, loudness, smooth

_RATE = 16_000
_WINDOW = 512
_LOW, _FIRST, _SECOND, _HISS = (250, 500), (500, 1000), (1000, 2800), (3500, 7500)
_DIP = 0.45
_BLOCK = 60 * RATE

Bands = dict[tuple[int, int], NDArray[np.float64]]


def samples_of(wav: Path) -> tuple[Row, int]:
    """Return the samples of a 16-bit WAV file as one channel, -1 to 1, about 16 000 a second, and their rate."""
    with wave.open(str(wav), "rb") as sound:
        channels, rate = sound.getnchannels(), sound.getframerate()
        step = max(1, rate // _RATE)
        pieces = []
        while data := sound.readframes(step * _RATE):
            both = np.frombuffer(data, "<i2").reshape(-1, channels).astype(np.float32).mean(axis=1) / 32768
            whole = both[: len(both) // step * step].reshape(-1, step)
            pieces.append(whole.mean(axis=1))
    mono: Row = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    return mono, rate // step


def mouthing_by_ear(samples: Row, rate: int) -> Mouthing:
    """Return the movement for a recording."""
    loud = loudness(samples, rate)
    bands = _bands(samples, rate, len(loud))
    voiced = sum(bands[band] for band in (_LOW, _FIRST, _SECOND)) + 1e-9
    hiss = bands[_HISS] / (bands[_HISS] + voiced)
    opening = bands[_FIRST] / (bands[_LOW] + bands[_FIRST] + 1e-9)
    spread = bands[_SECOND] / (bands[_SECOND] + bands[_FIRST] + 1e-9)
    jaw = smooth((loud**1.3 * (0.55 + 0.6 * opening) * (1 - 0.75 * hiss)).astype(np.float32), 0.025)
    rounding = smooth(np.clip(0.55 - 2.2 * spread, -0.8, 0.8).astype(np.float32) * loud, 0.06)
    press = smooth(_dips(loud), 0.015)
    jaw = np.clip(jaw * (1 - press) * 1.1 - 0.03, 0, 1).astype(np.float32)
    return Mouthing(jaw, rounding, press, np.zeros_like(jaw))


def _dips(loud: Row) -> Row:
    """Return 1 where it is for a moment much softer than a tenth of a second before and after."""
    reach = RATE // 10
    padded = np.pad(loud, reach, mode="edge")
    before = np.lib.stride_tricks.sliding_window_view(padded[: len(loud) + reach - 1], reach).max(axis=1)
    behind = np.lib.stride_tricks.sliding_window_view(padded[reach + 1 :], reach).max(axis=1)
    least = np.minimum(before[: len(loud)], behind[: len(loud)])
    dips: Row = ((loud < _DIP * least) & (least > 0.4)).astype(np.float32)
    return dips


def _bands(samples: Row, rate: int, count: int) -> Bands:
    """Return the energy of each band at `RATE` moments a second, worked out a minute at a time."""
    edges = np.fft.rfftfreq(_WINDOW, 1 / rate)
    found: dict[tuple[int, int], list[NDArray[np.float64]]] = {b: [] for b in (_LOW, _FIRST, _SECOND, _HISS)}
    padded = np.pad(samples, _WINDOW)
    window = np.hanning(_WINDOW).astype(np.float32)
    for first in range(0, count, _BLOCK):
        places = (np.arange(first, min(count, first + _BLOCK)) * rate / RATE + _WINDOW / 2).astype(int)
        places = np.minimum(places, len(padded) - _WINDOW)
        pieces = padded[places[:, None] + np.arange(_WINDOW)] * window
        power = np.abs(np.fft.rfft(pieces, axis=1)) ** 2
        for band, rows in found.items():
            inside = (edges >= band[0]) & (edges < band[1])
            rows.append(power[:, inside].sum(axis=1))
    return {band: np.concatenate(rows) if rows else np.zeros(0) for band, rows in found.items()}
