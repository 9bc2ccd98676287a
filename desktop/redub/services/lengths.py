"""How long scripts really last: learnt from everything that was heard or rendered, and kept."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import msgspec

from redub.core.shot import DriverType, Speech
from redub.core.ssml.estimate import Calibration, calibrated, ratio_of
from redub.core.tasks import TaskRecord, TaskState
from redub.services.changes import Changes
from redub.services.scope import TaskScope
from redub.store import lengths

_MADE = frozenset({TaskState.MADE, TaskState.DONE})


class Lengths:
    """The known lengths.

    :ivar changes: tells when something new is known
    """

    def __init__(self, data: Path) -> None:
        """Keep the figures in the folder `data`; nothing is read yet."""
        self.changes: Changes[None] = Changes()
        self._path = data / lengths.FILE_NAME
        self._book = lengths.LengthBook()
        self._scope = TaskScope("lengths")
        self._writing = asyncio.Lock()
        self._calibrations: dict[str, Calibration | None] = {}

    async def open(self) -> None:
        """Read what is known from earlier."""
        self._book = await asyncio.to_thread(lengths.load, self._path)
        self._calibrations.clear()

    def real(self, site: str, ssml: str, speech: Speech) -> float | None:
        """Return the seconds of exactly these words in exactly this voice, None when they were never spoken."""
        return self._book.real.get(_key(site, ssml, speech))

    def calibration(self, site: str, speech: Speech) -> Calibration | None:
        """Return how a voice differs from the estimate, None when nothing is known of it."""
        voice = _voice(site, speech)
        if voice not in self._calibrations:
            ratios = self._book.ratios.get(voice, {})
            self._calibrations[voice] = calibrated(tuple(ratios.values()))
        return self._calibrations[voice]

    def learn(self, site: str, ssml: str, speech: Speech, seconds: float) -> None:
        """Take a real length; what is known already is no news."""
        key = _key(site, ssml, speech)
        if seconds <= 0 or abs(self._book.real.get(key, -1.0) - seconds) < 0.0005:
            return
        lengths.note_real(self._book, key, seconds)
        ratio = ratio_of(ssml, speech.speed, speech.language or "", seconds)
        if ratio is not None:
            voice = _voice(site, speech)
            lengths.note_ratio(self._book, voice, key[:16], ratio)
            self._calibrations.pop(voice, None)
        self._scope.start(self._save(), name="keep the lengths")
        self.changes.tell(None)

    def learn_from(self, record: TaskRecord) -> None:
        """Take the length of a finished task whose script was spoken by the service."""
        if record.state not in _MADE or not record.duration:
            return
        try:
            payload = msgspec.json.decode(record.request, type=_Request).payload
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return
        if payload.driver == DriverType.TEXT and payload.ssml:
            self.learn(record.site, payload.ssml, payload.speech.value, record.duration)

    async def aclose(self) -> None:
        """Write down what is not written yet."""
        async with self._writing:
            await self._scope.aclose()
        await asyncio.to_thread(lengths.save, self._book, self._path)

    async def _save(self) -> None:
        async with self._writing:
            encoded = msgspec.convert(msgspec.to_builtins(self._book), lengths.LengthBook)  # as it is now
            await asyncio.to_thread(lengths.save, encoded, self._path)


class _Speech(msgspec.Struct, rename="pascal"):
    """SpeechParam, as far as it decides the length."""

    speed: float = 1.0
    timbre_key: str = ""
    volume: int | None = None
    emotion_category: str | None = None
    emotion_intensity: int | None = None
    timbre_language: str | None = None

    @property
    def value(self) -> Speech:
        return Speech(
            timbre_key=self.timbre_key,
            speed=self.speed,
            volume=self.volume,
            emotion=self.emotion_category,
            emotion_intensity=self.emotion_intensity,
            language=self.timbre_language,
        )


class _Payload(msgspec.Struct):
    driver: str = msgspec.field(name="DriverType", default="")
    ssml: str = msgspec.field(name="InputSsml", default="")
    speech: _Speech = msgspec.field(name="SpeechParam", default_factory=_Speech)


class _Request(msgspec.Struct):
    payload: _Payload = msgspec.field(name="Payload")


def _key(site: str, ssml: str, speech: Speech) -> str:
    """Return a hash of everything that decides how long a script lasts; how loud it is does not."""
    strength = speech.emotion_intensity if speech.emotion else None
    decides = (site, ssml, speech.timbre_key, speech.speed, speech.emotion, strength, speech.language)
    return hashlib.sha256(repr(decides).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _voice(site: str, speech: Speech) -> str:
    return f"{site}|{speech.timbre_key}|{speech.language or ''}|{speech.emotion or ''}"
