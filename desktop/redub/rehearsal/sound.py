"""Sound in and out: any recording to plain samples of a known length, and samples to the published formats."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.resampler import AudioResampler

from redub.rehearsal.codes import FailCode
from redub.rehearsal.refusal import JobFailed, Stopped

_BLOCK = 1024
_RATE, _STEREO, _BYTES = 48_000, 2, 2
_CODECS = {"mp3": "libmp3lame", "wav": "pcm_s16le"}
_BLOCK_OF = {"mp3": 1152}
"""Samples in a packet, where a codec wants all but the last to have the same number."""


def to_wav(source: Path, target: Path, *, cancelled: Callable[[], bool] = lambda: False) -> float:
    """Decode the first sound of `source` into 16-bit stereo at `target`; return its exact seconds.

    :raises JobFailed: PARAMETER, when it cannot be decoded
    :raises Stopped: `cancelled` said so
    """
    try:
        with av.open(str(source)) as container, wave.open(str(target), "wb") as out:
            out.setnchannels(_STEREO)
            out.setsampwidth(_BYTES)
            out.setframerate(_RATE)
            for frame in _resampled(container, AudioResampler("s16", "stereo", _RATE)):
                if cancelled():
                    raise Stopped
                out.writeframesraw(bytes(frame.planes[0])[: frame.samples * _STEREO * _BYTES])
    except (av.FFmpegError, IndexError) as exc:
        raise JobFailed(FailCode.PARAMETER, f"InputAudioUrl cannot be decoded ({exc})") from exc
    return wav_seconds(target)


def wav_seconds(path: Path) -> float:
    """Return the exact seconds of the samples at `path`."""
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes() / sound.getframerate()


def encode(source: Path, target: Path, *, codec: str, rate: int) -> None:
    """Write the sound of `source` to `target` as "mp3" or "wav" with `rate` samples a second, mono."""
    with av.open(str(source)) as sound, av.open(str(target), "w", format=codec) as out:
        stream = cast(av.AudioStream, out.add_stream(_CODECS[codec], rate=rate, layout="mono"))
        shape = stream.format.name
        for frame in _resampled(sound, AudioResampler(shape, "mono", rate, _BLOCK_OF.get(codec, 0))):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _resampled(container: av.container.InputContainer, resampler: AudioResampler) -> Iterator[av.AudioFrame]:
    for frame in container.decode(container.streams.audio[0]):
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


class SoundFeed:
    """Encodes a WAV file into a stream of a result, as far as the picture has come, so that both lie side by side."""

    def __init__(self, source: Path, out: av.container.OutputContainer, *, bit_rate: int) -> None:
        """Add an AAC stream of `bit_rate` bits a second to `out`, to be fed from the samples at `source`."""
        self._sound = wave.open(str(source), "rb")  # noqa: SIM115 - closed by close()
        self._out = out
        self._rate, self._channels = self._sound.getframerate(), self._sound.getnchannels()
        self._layout = "stereo" if self._channels == _STEREO else "mono"
        self._stream = out.add_stream("aac", rate=self._rate, layout=self._layout)
        self._stream.bit_rate = bit_rate
        self._done = 0

    def until(self, seconds: float) -> None:
        """Encode up to `seconds`."""
        while self._done < seconds * self._rate and (data := self._sound.readframes(_BLOCK)):
            samples = len(data) // (_BYTES * self._channels)
            frame = av.AudioFrame(format="s16", layout=self._layout, samples=samples)
            frame.planes[0].update(data)
            frame.sample_rate, frame.pts, frame.time_base = self._rate, self._done, Fraction(1, self._rate)
            self._out.mux(self._stream.encode(frame))
            self._done += samples

    def finish(self) -> None:
        """Encode what is left."""
        self.until(float("inf"))
        self._out.mux(self._stream.encode(None))

    def close(self) -> None:
        """Close the samples."""
        self._sound.close()
