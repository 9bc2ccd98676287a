"""Speak a script on this machine: the voice of the rehearsal, word times for subtitles, and "Hear it"."""

from __future__ import annotations

import io
import os
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from redub.core.errors import EnvironmentFault, UserError
from redub.core.ssml.document import parse
from redub.media import voices
from redub.media.espeak import Phoneme, Samples, engine
from redub.media.narration import Delivery, narrate
from redub.media.voices import EMOTIONS, LocalVoice
from redub.media.wordtimes import Sentence, Word, sentences

SLOWEST, FASTEST = 0.5, 1.5
_SHORTEST_PAUSE = 0.05
_DECIBELS_PER_STEP = 1.2
_FULL = 32767.0
_KNEE = 0.7


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken script: the WAV file (mono, 16 bit), seconds, words and sounds with their times."""

    path: Path
    duration: float
    words: tuple[Word, ...]
    phonemes: tuple[Phoneme, ...] = ()
    rate: int = 22_050

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the words grouped by their sentences."""
        return sentences(self.words)


class Speaker:
    """Speaks with the voices of this machine; may be used from any thread, one script at a time."""

    def voices(self) -> tuple[LocalVoice, ...]:
        """Return every voice of this machine."""
        return voices.voices()

    def voice_for(self, timbre_key: str, language: str | None = None) -> LocalVoice | None:
        """Return the voice that speaks for TimbreKey `timbre_key` in TimbreLanguage `language`, or None."""
        return voices.voice_for(timbre_key, language)

    def speak(
        self,
        ssml: str,
        voice: LocalVoice,
        speed: float,
        volume: int,
        target_wav: Path,
        *,
        emotion: str | None = None,
        intensity: int = 100,
    ) -> Spoken:
        """Speak `ssml` into `target_wav`, which appears when it is whole; blocking.

        :param speed: Speed, 0.5 to 1.5; pauses keep their length
        :param volume: Volume, 0 (normal) to 10; without effect for voices whose volume is fixed
        :param emotion: EmotionCategory, one of the voice's own; others change nothing
        :param intensity: EmotionIntensity, 50 to 200
        :raises UserError: there is nothing to speak
        :raises EnvironmentFault: the speech library fails, or the file cannot be written
        """
        delivery = _delivery(voice, speed, emotion, intensity)
        narration = narrate(parse(ssml), voice, delivery, engine())
        if not narration.words and len(narration.samples) < _SHORTEST_PAUSE * narration.rate:
            raise UserError(
                "There is nothing to speak.",
                why="The script holds no words.",
                next_step="Write what is to be said.",
            )
        samples = _louder(narration.samples, volume if voice.adjusts_volume else 0)
        _write(samples, narration.rate, target_wav)
        return Spoken(
            target_wav,
            len(samples) / narration.rate,
            narration.words,
            narration.phonemes,
            narration.rate,
        )


def _delivery(voice: LocalVoice, speed: float, emotion: str | None, intensity: int) -> Delivery:
    pace = min(FASTEST, max(SLOWEST, speed))
    feeling = EMOTIONS.get(emotion or "") if emotion in voice.emotions else None
    if feeling is None:
        return Delivery(pace)
    share = min(200, max(50, intensity)) / 100
    return Delivery(
        pace=pace * (1 + (feeling.pace - 1) * share),
        pitch=round(feeling.pitch * share),
        liveliness=round(feeling.liveliness * share),
    )


def _louder(samples: Samples, volume: int) -> Samples:
    """Raise the level by steps of 1.2 dB; what would go beyond full scale is bent instead of cut."""
    steps = min(10, max(0, volume))
    if not steps:
        return samples
    raised = samples.astype(np.float32) / _FULL * 10 ** (steps * _DECIBELS_PER_STEP / 20)
    over = np.abs(raised) > _KNEE
    bent = _KNEE + (1 - _KNEE) * np.tanh((np.abs(raised[over]) - _KNEE) / (1 - _KNEE))
    raised[over] = np.sign(raised[over]) * bent
    return (raised * _FULL).astype(np.int16)


def _write(samples: Samples, rate: int, target: Path) -> None:
    """Write a WAV file beside its place and put it there when it is on disk."""
    partial = ""
    try:
        handle, partial = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(_wav(samples, rate))
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)
    except OSError as exc:
        if partial:
            Path(partial).unlink(missing_ok=True)
        raise EnvironmentFault(
            f"The speech could not be saved as {target.name}.",
            why=exc.strerror or "The folder cannot be written.",
            next_step="Free some space, or choose another folder.",
            detail=str(exc),
        ) from exc


def _wav(samples: Samples, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return buffer.getvalue()
