"""Play prediction: what a take will look and sound like, put together on this machine before it is paid for."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from redub.core.errors import EnvironmentFault, UserError
from redub.core.outputplan import OutputPlan
from redub.core.shot import DriverType, Speech, Take
from redub.core.timbre import Gender as TimbreGender
from redub.core.timbre import Timbre
from redub.i18n import _
from redub.media.opening import unreadable
from redub.media.plainsound import is_wav, write_wav
from redub.media.probe import content_key
from redub.media.speech import Speaker, Spoken
from redub.media.voices import Gender, LocalVoice
from redub.media.wordtimes import Word
from redub.paths import ensure
from redub.services.deriving import plan_of
from redub.services.editing import ShotView

_USUAL_INTENSITY = 100
_MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class Prediction:
    """A result that can be played: the clip, what is shown of it when, the voice, and the words if they are known."""

    reference: Path
    plan: OutputPlan
    sound: Path
    words: tuple[Word, ...] = ()


class Predictions:
    """Prepares predictions; what was spoken is kept, so that the same words need not be spoken again."""

    def __init__(
        self,
        folder: Path,
        speaker: Speaker | None = None,
        timbres: Callable[[], tuple[Timbre, ...]] = tuple,
    ) -> None:
        """Keep spoken scripts in `folder`; `timbres` are the voices that the service has listed."""
        self._folder, self._timbres = folder, timbres
        self._speaker = speaker or Speaker()
        self._spoken: dict[str, Spoken] = {}
        self._heard: dict[str, Spoken] = {}
        self._lock = threading.Lock()

    def prepare(self, view: ShotView) -> Prediction:
        """Return the prediction of the current take of `view`, its script spoken; blocking, for any thread.

        :raises UserError: the clip, the script or the recording is missing
        :raises EnvironmentFault: the speech library fails, or the disk is full
        """
        take, facts = view.take, view.facts
        if take is None or facts is None or facts.video is None:
            raise UserError(
                _("There is nothing to predict yet."),
                why=_("A prediction needs a clip and a take."),
                next_step=_("Open a clip and write what is to be said."),
            )
        if take.driver is DriverType.ORIGINAL_VOICE:
            prediction = _of_recording(view, take, Path(facts.path))
            return replace(prediction, sound=self._plain(prediction.sound))
        heard = self._heard.get(_key(take))
        if heard is not None and heard.path.exists():
            plan = plan_of(view.shot, take, facts, heard.duration)
            return Prediction(Path(facts.path), plan, self._plain(heard.path), heard.words)
        spoken = self._speak(take)
        plan = with_rehearsed_length(plan_of(view.shot, take, facts, spoken.duration))
        return Prediction(Path(facts.path), plan, spoken.path, spoken.words)

    def take_heard(self, script: str, speech: Speech, spoken: Spoken) -> None:
        """Use the service's own voice for a script from now on: it has spoken it, and `spoken` belongs to others."""
        key = _key(Take(id="", name="", script=script, speech=speech))
        self._heard.pop(key, None)
        self._heard[key] = spoken
        while len(self._heard) > _MOST_KEPT:
            del self._heard[next(iter(self._heard))]

    def known(self, take: Take) -> Spoken | None:
        """Return what was spoken for `take` as it is now, or None; without I/O."""
        if take.driver is DriverType.ORIGINAL_VOICE:
            return None
        return self._heard.get(_key(take)) or self._spoken.get(_key(take))

    def words(self, view: ShotView) -> tuple[Word, ...]:
        """Return the words of the current take with their times, () until it was spoken."""
        spoken = self.known(view.take) if view.take else None
        return spoken.words if spoken else ()

    def complete(self, view: ShotView) -> ShotView:
        """Return `view` with the true length of a take that was spoken here, and the plan that follows from it."""
        spoken = self.known(view.take) if view.take else None
        if spoken is None or view.take is None or view.facts is None or view.plan is None:
            return view
        if view.speech_is_real:  # the service's own voice has spoken it: that is the length that counts
            return view
        plan = with_rehearsed_length(plan_of(view.shot, view.take, view.facts, spoken.duration))
        return replace(view, plan=plan, speech_seconds=spoken.duration, speech_is_real=True, estimate=None)

    def _speak(self, take: Take) -> Spoken:
        key = _key(take)
        with self._lock:
            known = self._spoken.get(key)
            if known is not None and known.path.exists():
                return known
            speech = take.speech
            spoken = self._speaker.speak(
                take.script,
                self._voice(take),
                speech.speed,
                speech.volume or 0,
                self._place() / f"{key}.wav",
                emotion=speech.emotion,
                intensity=speech.emotion_intensity or _USUAL_INTENSITY,
            )
            self._keep(key, spoken)
            return spoken

    def _plain(self, recording: Path) -> Path:
        """Return the recording as WAV: itself, or a copy that is kept."""
        try:
            if is_wav(recording):
                return recording
        except OSError as exc:
            raise unreadable(recording, exc) from exc
        key = f"{content_key(recording)}-plain"
        with self._lock:
            known = self._spoken.get(key)
            if known is None or not known.path.exists():
                with _disk():
                    known = Spoken(write_wav(recording, self._place() / f"{key}.wav"), 0.0, ())
                self._keep(key, known)
            return known.path

    def _place(self) -> Path:
        with _disk():
            return ensure(self._folder)

    def _keep(self, key: str, spoken: Spoken) -> None:
        self._spoken[key] = spoken
        while len(self._spoken) > _MOST_KEPT:
            oldest = next(iter(self._spoken))
            self._spoken.pop(oldest).path.unlink(missing_ok=True)

    def _voice(self, take: Take) -> LocalVoice:
        timbre = next((one for one in self._timbres() if one.key == take.speech.timbre_key), None)
        return nearest_voice(self._speaker, take.speech, take.script, timbre)

    def close(self) -> None:
        """Remove the spoken files."""
        with self._lock:
            for spoken in self._spoken.values():
                spoken.path.unlink(missing_ok=True)
            self._spoken.clear()


@contextmanager
def _disk() -> Iterator[None]:
    """Say in plain words why nothing can be written."""
    try:
        yield
    except OSError as exc:
        raise EnvironmentFault(
            _("The spoken script could not be saved."),
            why=exc.strerror or _("The folder cannot be written."),
            next_step=_("Free some space, or choose another folder."),
            detail=str(exc),
        ) from exc


def nearest_voice(speaker: Speaker, speech: Speech, script: str, timbre: Timbre | None) -> LocalVoice:
    """Return the voice of this machine that is nearest to the chosen one: itself, else by language, then by gender."""
    language = speech.language or (timbre.languages[0] if timbre and timbre.languages else "")
    own = speaker.voice_for(speech.timbre_key, language or None)
    if own is not None:
        return own
    language = language or _language_of(script)
    man = _is_man(speech.timbre_key, timbre)

    def distance(voice: LocalVoice) -> tuple[int, bool, bool]:
        spoken = min(_language_distance(one, language) for one in voice.languages)
        return spoken, (voice.gender is Gender.MALE) is not man, bool(voice.emotions)

    voice = min(speaker.voices(), key=distance)
    spoken = min(voice.languages, key=lambda one: _language_distance(one, language))
    return replace(voice, language=spoken)


def _language_distance(spoken: str, wanted: str) -> int:
    if spoken == wanted:
        return 0
    if spoken.split("-")[0] == wanted.split("-")[0]:
        return 1
    return 2 if spoken == "en-US" else 3


def _language_of(script: str) -> str:
    return "zh-CN" if any("\u4e00" <= sign <= "\u9fff" for sign in script) else "en-US"


def _is_man(key: str, timbre: Timbre | None) -> bool:
    if timbre is not None and timbre.gender is not TimbreGender.UNKNOWN:
        return timbre.gender is TimbreGender.MALE
    return "male" in key.lower().replace("female", "")


def _of_recording(view: ShotView, take: Take, reference: Path) -> Prediction:
    source = take.recording
    if source is None or not source.path:
        raise UserError(
            _("The prediction cannot be played."),
            why=_("The recording of the voice is not on this machine."),
            next_step=_("Choose the recording as a file."),
        )
    if view.plan is None:
        raise UserError(
            _("The prediction cannot be played yet."),
            why=_("The recording of the voice could not be read, or is still being looked at."),
            next_step=_("Look at the findings, or try again in a moment."),
        )
    return Prediction(reference, view.plan, Path(source.path))


def with_rehearsed_length(plan: OutputPlan) -> OutputPlan:
    """Return `plan` with the sentence that its length is that of the voice of this machine."""
    said = _("The length is that of the rehearsal voice; another voice speaks a little faster or slower.")
    return replace(plan, assumptions=(*plan.assumptions, said))


def words_left_as_filmed(plan: OutputPlan, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words that are spoken, wholly or in part, while the lips are left as filmed."""
    still = [span for span in plan.spans if span.still]
    return tuple(
        word
        for word in words
        if any(word.start < span.out_end and word.end > span.out_start for span in still)
    )


def _key(take: Take) -> str:
    """Return a name for what is spoken: the same words in the same voice have the same one."""
    said = repr((take.script, take.speech))
    return hashlib.sha256(said.encode()).hexdigest()[:24]
