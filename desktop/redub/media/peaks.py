"""The loudest and the quietest sample of every hundredth of a second: what a waveform is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from redub.media.opening import damaged, decodable, only, open_clip, picture_stream

Samples = NDArray[np.int16]

_SAMPLES_PER_PEAK = 80
"""At the usual 100 peaks a second the sound is read at 8 kHz, which shows speech as well as 48 kHz do."""
_PEAKS_AT_ONCE = 500


def peaks(
    path: str | Path, per_second: int = 100, cancelled: Callable[[], bool] | None = None
) -> Iterator[Samples]:
    """Yield arrays of shape (n, 2), int16: lowest and highest sample of each stretch, in order, without gaps.

    The first stretch begins with the first picture (with the first sample, when there is no picture), so
    sound before it is left out and a later beginning is silent. A clip without sound yields nothing.
    """
    with open_clip(path) as container:
        if not container.streams.audio or not decodable(container.streams.audio[0]):
            return
        start = _first_picture(container)
        stream = container.streams.audio[0]
        only(container, stream)  # else some hundred MB of pictures are read to be thrown away
        rate = per_second * _SAMPLES_PER_PEAK
        resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
        waiting, count = [np.empty(0, np.int16)], 0
        try:
            for samples in _samples(container, stream, resampler, start, rate):
                if cancelled is not None and cancelled():
                    return
                waiting.append(samples)
                count += len(samples)
                if count >= _PEAKS_AT_ONCE * _SAMPLES_PER_PEAK:
                    whole, rest = _cut(waiting)
                    yield _extremes(whole)
                    waiting, count = [rest], len(rest)
        except av.FFmpegError as exc:
            raise damaged(path, exc) from exc
    rest = np.concatenate(waiting)
    if len(rest):
        yield _extremes(np.pad(rest, (0, -len(rest) % _SAMPLES_PER_PEAK), mode="edge"))


def _cut(pieces: list[Samples]) -> tuple[Samples, Samples]:
    """Join `pieces` and cut them behind the last stretch that is whole."""
    joined = np.concatenate(pieces)
    whole = len(joined) // _SAMPLES_PER_PEAK * _SAMPLES_PER_PEAK
    return joined[:whole], joined[whole:]


def _samples(
    container: av.container.InputContainer,
    stream: av.AudioStream,
    resampler: av.AudioResampler,
    start: float | None,
    rate: int,
) -> Iterator[Samples]:
    """Yield the sound as one channel at `rate`, cut or filled so that it begins at `start`."""
    skip = -1
    for packet in container.demux(stream):
        for frame in _decoded(packet):
            if skip < 0:
                late = 0.0 if start is None or frame.time is None else frame.time - start
                skip = max(0, round(-late * rate))
                if late > 0:
                    yield np.zeros(round(late * rate), np.int16)
            for piece in resampler.resample(frame):
                samples = piece.to_ndarray()[0]
                yield samples[skip:]
                skip = max(0, skip - len(samples))
    for piece in resampler.resample(None):
        yield piece.to_ndarray()[0]


def _decoded(packet: av.Packet[av.AudioStream]) -> list[av.AudioFrame]:
    try:
        return packet.decode()
    except av.InvalidDataError:  # a click in the sound is no reason to show no waveform
        return []


def _first_picture(container: av.container.InputContainer) -> float | None:
    stream = picture_stream(container)
    if stream is None or stream.time_base is None:
        return None
    return float((stream.start_time or 0) * stream.time_base)


def _extremes(samples: Samples) -> Samples:
    rows = samples.reshape(-1, _SAMPLES_PER_PEAK)
    return np.stack((rows.min(axis=1), rows.max(axis=1)), axis=1)
