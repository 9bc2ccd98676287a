"""What follows from a shot and what is known of its media: length of the speech, output plan, findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from redub.cloud.media_urls import MediaKind
from redub.core import conversion
from redub.core.checks import Knowledge, check, part_to_send
from redub.core.clip import ClipFacts
from redub.core.conversion import EncodeSettings
from redub.core.errors import UserError
from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.shot import DriverType, Shot, Speech, Take
from redub.core.ssml import estimate
from redub.core.timbre import Timbre
from redub.services.editing import ShotView
from redub.services.preflight import FIELDS, Preflight


@dataclass(frozen=True, slots=True)
class SpeechLength:
    """Seconds of a take's speech; whether they were measured (a recording, a script that was heard) or estimated."""

    seconds: float
    is_real: bool
    estimate: estimate.Estimate | None = None


class KnownLengths(Protocol):
    """What is known of lengths from what was really spoken."""

    def real(self, site: str, ssml: str, speech: Speech) -> float | None:
        """Return the seconds of exactly these words in exactly this voice, None when they were never spoken."""

    def calibration(self, site: str, speech: Speech) -> estimate.Calibration | None:
        """Return how a voice differs from the estimate, None when nothing is known of it."""


def speech_length(
    take: Take, knowledge: Knowledge, lengths: KnownLengths | None = None, site: str = ""
) -> SpeechLength | None:
    """Return how long a take speaks, or None while that cannot be said."""
    if take.driver is DriverType.ORIGINAL_VOICE:
        recording = knowledge.recording
        return SpeechLength(recording.duration, True) if recording and recording.duration > 0 else None
    if not take.script.strip():
        return None
    real = lengths.real(site, take.script, take.speech) if lengths else None
    if real is not None:
        return SpeechLength(real, True)
    known = lengths.calibration(site, take.speech) if lengths else None
    guess = estimate.seconds(take.script, take.speech.speed, take.speech.language or "", known)
    return SpeechLength(guess.likely, False, guess) if guess.likely > 0 else None


def footage_of(facts: ClipFacts, settings: EncodeSettings | None = None) -> Footage | None:
    """Return what the output plan needs of a reference, as it is after the conversion that it needs.

    :param settings: size and rate of a new encode
    """
    video = facts.video
    if video is None or facts.duration <= 0:
        return None
    decision = conversion.decide(facts, settings=settings)
    width, height = decision.width or video.shown_width, decision.height or video.shown_height
    rate = float(decision.rate) or video.frame_rate
    return Footage(duration=facts.duration, width=width, height=height, fps=rate)


def plan_of(
    shot: Shot, take: Take, facts: ClipFacts, audio_seconds: float, settings: EncodeSettings | None = None
) -> OutputPlan:
    """Return what the service will make of `take`.

    :raises UserError: the reference has no picture
    """
    footage = footage_of(facts, settings)
    if footage is None:
        raise UserError(
            "There is no plan for this clip.",
            why="It has no picture.",
            next_step="Choose a video of the person who is to speak.",
        )
    return plan_output(footage, shot.selection, shot.still_intervals, take.options, audio_seconds)


class Deriver:
    """Completes views of the open shot from what is known at that moment; quick, and without I/O."""

    def __init__(
        self,
        preflight: Preflight,
        site: Callable[[], str],
        timbres: Callable[[], tuple[Timbre, ...]] = tuple,
        lengths: KnownLengths | None = None,
    ) -> None:
        """Take the findings from `preflight`, for the site and with the voices that are chosen at that moment."""
        self._lengths = lengths
        self._preflight = preflight
        self._site = site
        self._timbres = timbres

    def derive(self, view: ShotView) -> ShotView:
        """Return `view` with facts, trouble, findings, length of the speech and plan."""
        take = view.take or Take(id="", name="")
        site = self._site()
        knowledge = self._preflight.known(view.shot, take, self._timbres(), site)
        speech = speech_length(take, knowledge, self._lengths, site)
        facts = knowledge.reference
        return replace(
            view,
            facts=facts,
            trouble=knowledge.troubles.get(FIELDS[MediaKind.REFERENCE], ""),
            findings=check(view.shot, take, knowledge, site) if view.take else (),
            part=part_to_send(view.shot, take, knowledge, site),
            plan=_plan(view.shot, take, knowledge, speech),
            speech_seconds=speech.seconds if speech else None,
            speech_is_real=bool(speech and speech.is_real),
            estimate=speech.estimate if speech else None,
        )


def _plan(shot: Shot, take: Take, knowledge: Knowledge, speech: SpeechLength | None) -> OutputPlan | None:
    facts = knowledge.reference
    if facts is None or facts.video is None or facts.duration <= 0 or speech is None:
        return None
    return plan_of(shot, take, facts, speech.seconds, knowledge.settings)
