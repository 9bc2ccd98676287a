"""Make a video task: fetch, check, speak, plan, render, publish."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from redub.core.clip import ClipFacts
from redub.core.errors import RedubError, UserError
from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.shot import ConcurrencyType, MakeType, Options, Selection, StillInterval, VideoLoop
from redub.core.tasks import RemoteStatus
from redub.media.espeak import Phoneme
from redub.media.speech import Speaker
from redub.media.subtitles import srt
from redub.paths import ensure
from redub.rehearsal.asking import Asking, number, text
from redub.rehearsal.codes import FailCode
from redub.rehearsal.content import (
    SizeLimits,
    check_letter,
    check_letter_video,
    check_photo,
    check_recording,
    check_reference,
    check_segment,
)
from redub.rehearsal.fetching import Fetcher
from redub.rehearsal.jobs import Job, JobBook
from redub.rehearsal.lanes import Finished
from redub.rehearsal.lips.driving import Lips, Wish, lips_for
from redub.rehearsal.lips.listening import mouthing_by_ear, samples_of
from redub.rehearsal.lips.mouthing import Mouthing, effort
from redub.rehearsal.lips.phonemes import mouthing_of
from redub.rehearsal.records import publish
from redub.rehearsal.refusal import JobFailed, Stopped
from redub.rehearsal.render import clamped_bit_rate, render
from redub.rehearsal.results import Results
from redub.rehearsal.sound import to_wav
from redub.rehearsal.speaking import speak

logger = logging.getLogger(__name__)

_FETCHED, _SPOKEN, _LOOKED, _RENDERED = 4, 8, 25, 98


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making needs.

    :ivar folder: where unfinished work lies, one folder for each job
    :ivar mark: results carry the mark
    :ivar lips: lips move with the speech, where the part that finds faces is installed
    :ivar cancelled: says that the service is being stopped
    """

    folder: Path
    book: JobBook
    results: Results
    fetcher: Fetcher
    speaker: Speaker
    mark: bool
    cancelled: Callable[[], bool]
    lips: bool = True
    sizes: SizeLimits = field(default_factory=SizeLimits)

    def make_video(self, job: Job) -> Finished:
        """Make the video of `job`.

        :raises JobFailed: with the documented code
        :raises Stopped: the service is being stopped
        """
        folder = ensure(self.folder / job.task_id)
        try:
            return _Video(self, job, folder).make()
        except RedubError as exc:
            code = FailCode.PARAMETER if isinstance(exc, UserError) else FailCode.INTERNAL
            raise JobFailed(code, str(exc)) from exc
        except OSError as exc:
            logger.warning("Task %s: the disk gave an error: %s", job.task_id, exc)
            raise JobFailed(FailCode.INTERNAL, f"the disk gave an error ({exc.strerror})") from exc
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Voice:
    """What a result sounds like: samples, seconds, subtitles and sounds with their times (none for a recording)."""

    sound: Path
    seconds: float
    subtitles: str = ""
    phonemes: tuple[Phoneme, ...] = ()

    def mouthing(self) -> Mouthing:
        """Return how a mouth moves that says this."""
        samples, rate = samples_of(self.sound)
        if self.phonemes:
            return mouthing_of(self.phonemes, self.seconds, effort(samples, rate))
        return mouthing_by_ear(samples, rate)


class _Video:
    """One video being made in `folder`."""

    def __init__(self, shop: Workshop, job: Job, folder: Path) -> None:
        speech = job.payload.get("SpeechParam", {})
        self._shop, self._job, self._folder = shop, job, folder
        self._photo: Path | None = None
        self._asking = Asking(job.payload, speech if isinstance(speech, dict) else {})

    def make(self) -> Finished:
        reference, facts = self._reference()
        self._check_extras()
        voice = self._voice()
        plan = self._plan(facts, voice.seconds)
        lips = self._lips(reference, plan, voice)
        begun = _SPOKEN if lips is None else _LOOKED
        target = self._shop.results.folder_for(self._job) / f"{self._job.task_id}.mp4"
        render(
            reference,
            plan,
            voice.sound,
            target,
            bit_rate=self._bit_rate(facts),
            mark=self._shop.mark,
            report=lambda part: self._progress(begun + part * (_RENDERED - begun)),
            cancelled=self._shop.cancelled,
            retouch=lips,
        )
        return _success(target.name, self._published(voice.subtitles), plan)

    def _reference(self) -> tuple[Path, ClipFacts]:
        path = self._fetched("RefVideoUrl", self._shop.sizes.reference)
        facts = check_reference(path, exclusive=self._job.exclusive)
        check_segment(self._asking.video, facts)
        self._progress(_FETCHED)
        return path, facts

    def _check_extras(self) -> None:
        """Fetch and check what the sound does not need: the photo and the letters."""
        payload, sizes = self._job.payload, self._shop.sizes
        if text(self._asking.video, "RefPhotoUrl"):
            self._photo = self._fetched("RefPhotoUrl", sizes.photo, fields=self._asking.video)
            check_photo(self._photo)
        if text(payload, "IdentityWrittenUrl"):
            check_letter(self._fetched("IdentityWrittenUrl", sizes.letter))
        if text(payload, "IdentityVideoUrl"):
            check_letter_video(self._fetched("IdentityVideoUrl", sizes.letter_video))

    def _fetched(self, name: str, limit: int, *, fields: Mapping[str, object] | None = None) -> Path:
        url = text(self._job.payload if fields is None else fields, name)
        return self._shop.fetcher.fetch(url, self._folder / name, limit=limit, field=name)

    def _voice(self) -> _Voice:
        """Return what the result will sound like."""
        target = self._folder / "sound.wav"
        if not self._asking.is_text:
            recording = self._fetched("InputAudioUrl", self._shop.sizes.recording)
            check_recording(recording, exclusive=self._job.exclusive)
            voice = _Voice(target, to_wav(recording, target, cancelled=self._shop.cancelled))
        else:
            spoken = speak(self._shop.speaker, self._asking, target)
            subtitles = srt(spoken.words, until=spoken.duration)
            voice = _Voice(target, spoken.duration, subtitles, spoken.phonemes)
        self._progress(_SPOKEN)
        return voice

    def _lips(self, reference: Path, plan: OutputPlan, voice: _Voice) -> Lips | None:
        """Return what moves the lips; None when they stay as filmed."""
        if not self._shop.lips:
            return None
        asked = self._asking.video
        wish = Wish(
            photo=self._photo,
            follow=number(asked, "DisableIdDetect") != 1,
            avoid_covered=number(asked, "DisableOcclusionDetect") != 1,
            new_teeth=number(asked, "EnableFakeTeeth") == 1,
        )
        return lips_for(
            reference,
            plan,
            voice.mouthing,
            wish,
            report=lambda part: self._progress(_SPOKEN + part * (_LOOKED - _SPOKEN)),
            cancelled=self._shop.cancelled,
        )

    def _plan(self, facts: ClipFacts, seconds: float) -> OutputPlan:
        video = facts.video
        if video is None:
            raise JobFailed(FailCode.PARAMETER, "RefVideoUrl has no picture")
        footage = Footage(
            duration=facts.duration, width=video.shown_width, height=video.shown_height, fps=video.frame_rate
        )
        selection = Selection(
            make_type=MakeType(self._asking.make_type),
            start=number(self._asking.video, "StartTime"),
            end=number(self._asking.video, "EndTime"),
        )
        stills = [
            StillInterval(start, min(end, facts.duration)) for start, end in self._asking.still_intervals
        ]
        return plan_output(footage, selection, stills, self._options(), seconds)

    def _options(self) -> Options:
        payload = self._job.payload
        return Options(
            loop=VideoLoop(int(number(payload, "VideoLoop") or 0)),
            match_input=payload.get("VideoParametersConsistent", 0) == 1,
            concurrency=ConcurrencyType.EXCLUSIVE if self._job.exclusive else ConcurrencyType.SHARED,
        )

    def _bit_rate(self, facts: ClipFacts) -> int | None:
        """Return the bits a second of the picture; None for CRF 17."""
        if self._job.payload.get("VideoParametersConsistent", 0) != 1 or facts.video is None:
            return None
        return clamped_bit_rate(facts.video.bit_rate or round(facts.size * 8 / max(1.0, facts.duration)))

    def _published(self, subtitles: str) -> str:
        """Publish the subtitles beside the picture and return their name; "" for none."""
        if not subtitles:
            return ""
        final = self._shop.results.folder_for(self._job) / f"{self._job.task_id}.srt"
        partial = final.with_name(f".{final.name}.part")
        partial.write_text(subtitles, encoding="utf-8", newline="")
        publish(partial, final)
        return final.name

    def _progress(self, percent: float) -> None:
        if self._shop.cancelled():
            raise Stopped
        self._shop.book.progressed(self._job.task_id, min(99, int(percent)))


def _success(media: str, subtitles: str, plan: OutputPlan) -> Finished:
    def write(job: Job) -> Job:
        return replace(
            job,
            status=RemoteStatus.SUCCESS,
            progress=100,
            media=media,
            subtitles=subtitles,
            milliseconds=round(plan.duration * 1000),
        )

    return write
