"""Speak what a request asks for, and make an audio task of it (tts)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from redub.core.errors import RedubError, UserError
from redub.core.tasks import RemoteStatus
from redub.media.speech import Speaker, Spoken
from redub.paths import ensure
from redub.rehearsal.asking import Asking, number, text
from redub.rehearsal.codes import FailCode
from redub.rehearsal.jobs import Job, Sentence, Word
from redub.rehearsal.lanes import Finished
from redub.rehearsal.records import publish
from redub.rehearsal.refusal import JobFailed, Stopped
from redub.rehearsal.results import Results
from redub.rehearsal.sound import encode

_TICKS_A_SECOND = 10_000_000
"""StartTimestamp and EndTimestamp count 100 ns."""
_USUAL_INTENSITY = 100


def speak(speaker: Speaker, asking: Asking, target: Path) -> Spoken:
    """Speak the script of `asking` into samples at `target`, with everything that SpeechParam says.

    :raises JobFailed: PARAMETER, when the voice is gone or there is nothing to say
    :raises RedubError: the speech library fails
    """
    speech = asking.speech
    voice = speaker.voice_for(text(speech, "TimbreKey"), text(speech, "TimbreLanguage") or None)
    if voice is None:
        raise JobFailed(FailCode.PARAMETER, "TimbreKey is not a voice of this account")
    spoken = speaker.speak(
        text(asking.payload, "InputSsml"),
        voice,
        number(speech, "Speed") or 1.0,
        int(number(speech, "Volume") or 0),
        target,
        emotion=text(speech, "EmotionCategory") or None,
        intensity=int(number(speech, "EmotionIntensity") or _USUAL_INTENSITY),
    )
    if spoken.duration <= 0:
        raise JobFailed(FailCode.PARAMETER, "InputSsml has nothing to say")
    return spoken


@dataclass(frozen=True, slots=True)
class Studio:
    """What audio tasks need: where unfinished work lies, where results go, who speaks."""

    folder: Path
    results: Results
    speaker: Speaker
    cancelled: Callable[[], bool]

    def make_audio(self, job: Job) -> Finished:
        """Make the audio of `job`.

        :raises JobFailed: with the documented code
        :raises Stopped: the service is being stopped
        """
        folder = ensure(self.folder / job.task_id)
        try:
            return self._made(job, folder)
        except RedubError as exc:
            code = FailCode.PARAMETER if isinstance(exc, UserError) else FailCode.INTERNAL
            raise JobFailed(code, str(exc)) from exc
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _made(self, job: Job, folder: Path) -> Finished:
        if self.cancelled():
            raise Stopped
        codec = text(job.payload, "Codec") or "mp3"
        spoken = speak(self.speaker, Asking(job.payload, job.payload), folder / "sound.wav")
        name = f"{job.task_id}.{codec}"
        rate = int(number(job.payload, "SampleRate") or 24_000)
        encode(spoken.path, folder / name, codec=codec, rate=rate)
        publish(folder / name, self.results.folder_for(job) / name)
        return _success(name, spoken)


def timestamps(spoken: Spoken) -> tuple[Sentence, ...]:
    """Return TextTimestampResult: sentences with their words, times in 100 ns."""
    return tuple(
        Sentence(
            one.text.strip(),
            tuple(Word(word.text, _ticks(word.start), _ticks(word.end)) for word in one.words),
        )
        for one in spoken.sentences
    )


def _ticks(seconds: float) -> int:
    return round(seconds * _TICKS_A_SECOND)


def _success(name: str, spoken: Spoken) -> Finished:
    def write(job: Job) -> Job:
        return replace(
            job,
            status=RemoteStatus.SUCCESS,
            progress=100,
            media=name,
            milliseconds=round(spoken.duration * 1000),
            sentences=timestamps(spoken),
        )

    return write
