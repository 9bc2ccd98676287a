"""Hear it: a script spoken before anything is made of it, by the service's own voice or by one of this machine.

Which of the two is a matter of the chosen service: where nothing is paid, the voices of this machine speak at once.
The service is asked once for the same words in the same voice: what came back is kept on disk, and a request that
was sent is written down first, so that a program that ends in the middle goes on with it instead of paying again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from redub.cloud.client import CloudClient
from redub.cloud.codes import UNKNOWN_TASK, fail_code
from redub.cloud.downloads import LinkExpired, clean, fetch
from redub.cloud.reports import TaskReport
from redub.cloud.sites import REHEARSAL
from redub.cloud.wire import encode_body, speech_param
from redub.core.errors import Refused, TaskFailed, Unclear, Unreachable, UserError
from redub.core.shot import Speech
from redub.core.tasks import RemoteStatus
from redub.core.timbre import Timbre
from redub.i18n import _
from redub.media.speech import Speaker
from redub.media.wordtimes import Word
from redub.services.accounts import Accounts
from redub.services.changes import Changes
from redub.services.heardwords import placed, record_of, words_of
from redub.services.prediction import nearest_voice
from redub.services.scope import TaskScope
from redub.store.heard import Asked, HeardFolder, HeardRecord

FOLDER = "heard"
_USUAL_INTENSITY = 100
_MOST_HERE, _MOST_PAID = 40, 1000
_FIRST_PAUSE, _LONGEST_PAUSE, _GROWTH = 0.5, 5.0, 1.4
"""Seconds between two questions about a sound that is being made: somebody sits and waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What is to be spoken: InputSsml and its voice."""

    ssml: str
    speech: Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A spoken script.

    :ivar path: the sound file
    :ivar duration: seconds
    :ivar words: in order, each with its place in the script
    :ivar by_service: the service's own voice, not one of this machine
    :ivar site: name of the site whose voice it is, that of the rehearsal for a voice of this machine
    """

    utterance: Utterance
    path: Path
    duration: float
    words: tuple[Word, ...]
    by_service: bool
    site: str = REHEARSAL.name


Say = Callable[[str], object]
Sleep = Callable[[float], Awaitable[None]]


class Listening:
    """Has scripts spoken.

    :ivar changes: tells everything that was heard
    """

    def __init__(
        self,
        accounts: Accounts,
        *,
        cache: Path,
        data: Path,
        timbres: Callable[[], tuple[Timbre, ...]],
        speaker: Speaker | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Keep under `cache` what this machine has spoken and under `data` what was paid for."""
        self.changes: Changes[Heard] = Changes()
        self._accounts, self._timbres, self._sleep = accounts, timbres, sleep
        self._speaker = speaker or Speaker()
        self._here = HeardFolder(cache / FOLDER, _MOST_HERE)
        self._paid = HeardFolder(data / FOLDER, _MOST_PAID)
        self._turn = asyncio.Lock()
        self._scope = TaskScope("listening", on_failure=_told_to_the_asker)

    @property
    def costs(self) -> bool:
        """Say whether the chosen service is asked, which may cost."""
        return self._accounts.site_name != REHEARSAL.name

    async def kept(self, utterance: Utterance, *, here: bool = False) -> Heard | None:
        """Return what was heard before at the chosen service, or `here`, without asking or speaking."""
        by_service = self.costs and not here
        folder = self._paid if by_service else self._here
        record = await asyncio.to_thread(folder.load, self._key(utterance))
        return None if record is None else self._heard(utterance, record, by_service=by_service)

    async def hear(
        self, utterance: Utterance, say: Say = lambda _words: None, *, here: bool = False
    ) -> Heard:
        """Return `utterance` spoken; `say` is told in words what is going on.

        When the caller is cancelled, a request that was sent is still noted down.

        :param here: by a voice of this machine, whatever service is chosen
        :raises UserError: there is nothing to speak, or the account is not complete
        :raises CloudFault: the service refuses or cannot be reached; nothing is asked twice by itself
        :raises TaskFailed: the service could not speak it
        :raises EnvironmentFault: this machine cannot speak, or the disk takes nothing
        """
        if not utterance.ssml.strip():
            raise UserError(
                _("There is nothing to speak."),
                why=_("The script is empty."),
                next_step=_("Write what is to be said."),
            )
        heard = await self.kept(utterance, here=here)
        if heard is None:
            asks = self.costs and not here
            heard = await (self._by_service(utterance, say) if asks else self._by_voice(utterance))
        self.changes.tell(heard)
        return heard

    async def aclose(self) -> None:
        """Stop waiting for the service; what it was asked for is fetched the next time."""
        await self._scope.aclose()

    def _key(self, utterance: Utterance) -> str:
        """Return the name of an utterance at the chosen service: a hash of everything that decides its sound."""
        said = {"InputSsml": utterance.ssml, **speech_param(utterance.speech)}
        return hashlib.sha256(self._accounts.site_name.encode() + b"\n" + encode_body(said)).hexdigest()

    def _heard(self, utterance: Utterance, record: HeardRecord, *, by_service: bool) -> Heard:
        folder = self._paid if by_service else self._here
        return Heard(
            utterance=utterance,
            path=folder.sound(record),
            duration=record.duration,
            words=words_of(record),
            by_service=by_service,
            site=self._accounts.site_name if by_service else REHEARSAL.name,
        )

    # On this machine.

    async def _by_voice(self, utterance: Utterance) -> Heard:
        key = self._key(utterance)
        speech = utterance.speech
        timbre = next((one for one in self._timbres() if one.key == speech.timbre_key), None)
        path = await asyncio.to_thread(self._here.place, f"{key}.wav")
        spoken = await asyncio.to_thread(
            lambda: self._speaker.speak(
                utterance.ssml,
                nearest_voice(self._speaker, speech, utterance.ssml, timbre),
                speech.speed,
                speech.volume or 0,
                path,
                emotion=speech.emotion,
                intensity=speech.emotion_intensity or _USUAL_INTENSITY,
            )
        )
        record = record_of(path.name, spoken.duration, spoken.words)
        await asyncio.to_thread(self._here.save, key, record)
        return self._heard(utterance, record, by_service=False)

    # At the service.

    async def _by_service(self, utterance: Utterance, say: Say) -> Heard:
        if self._turn.locked():
            say(_("Waiting for the sound before this one…"))
        async with self._turn:  # the service makes one sound at a time
            kept = await self.kept(utterance)
            return kept or await self._made(utterance, self._key(utterance), say)

    async def _made(self, utterance: Utterance, key: str, say: Say) -> Heard:
        client = self._accounts.client(await self._accounts.chosen())
        task_id = await self._task_id(client, utterance, key, say)
        say(_("The service is speaking…"))
        report = await self._finished(client, key, task_id)
        path = await asyncio.to_thread(self._paid.place, f"{key}.mp3")
        partial = path.with_name(f"{key}.part")
        try:
            await fetch(report.media_url, partial)
        except LinkExpired:
            await asyncio.to_thread(self._paid.forget_asked, key)
            raise
        await asyncio.to_thread(partial.replace, path)
        await asyncio.to_thread(clean, partial)
        words = await asyncio.to_thread(placed, utterance.ssml, report.words)
        ends = max((word.end for word in words), default=0.0)
        record = record_of(path.name, report.duration or ends, words)
        await asyncio.to_thread(self._paid.save, key, record)
        return self._heard(utterance, record, by_service=True)

    async def _task_id(self, client: CloudClient, utterance: Utterance, key: str, say: Say) -> str:
        asked = await asyncio.to_thread(self._paid.asked, key)
        if asked is not None and asked.task_id:
            return asked.task_id
        if asked is not None:
            await asyncio.to_thread(self._paid.forget_asked, key)
            raise _unclear()
        say(_("Asking the service to speak…"))
        task = self._scope.start(self._ask(client, utterance, key), name="have a script spoken")
        answer: str = await asyncio.shield(task)
        return answer

    async def _ask(self, client: CloudClient, utterance: Utterance, key: str) -> str:
        """Send the request once, written down before and after."""
        await asyncio.to_thread(self._paid.note_asked, key, Asked())
        try:
            task_id = await client.tts(utterance.ssml, utterance.speech)
        except (Refused, Unreachable):
            await asyncio.to_thread(self._paid.forget_asked, key)
            raise
        await asyncio.to_thread(self._paid.note_asked, key, Asked(task_id=task_id))
        return task_id

    async def _finished(self, client: CloudClient, key: str, task_id: str) -> TaskReport:
        """Ask about a sound until it can be fetched."""
        pause = _FIRST_PAUSE
        while True:
            try:
                report = await client.progress(task_id)
            except Refused as refusal:
                if refusal.code == UNKNOWN_TASK:
                    await asyncio.to_thread(self._paid.forget_asked, key)
                raise
            if report.ready:
                return report
            if report.status is RemoteStatus.FAIL:
                await asyncio.to_thread(self._paid.forget_asked, key)
                raise _failed(report)
            await self._sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * _GROWTH)


def moved(heard: Heard, by: int) -> Heard:
    """Return `heard` with its words' places `by` characters further on: it was a part of a longer script."""
    words = tuple(
        replace(word, source_start=word.source_start + by, source_end=word.source_end + by)
        for word in heard.words
    )
    return replace(heard, words=words)


def _unclear() -> Unclear:
    return Unclear(
        _("It is not known whether the service was asked to speak this."),
        why=_("The last request was sent, and no answer to it arrived; it may have been charged."),
        next_step=_("Choose Hear it once more to ask again."),
    )


def _failed(report: TaskReport) -> TaskFailed:
    meaning = fail_code(report.fail_code)
    return TaskFailed(
        _("The service could not speak this."),
        why=meaning.why,
        next_step=meaning.next_step,
        detail=report.fail_message,
        fail_code=report.fail_code,
    )


def _told_to_the_asker(_name: str, _failure: BaseException) -> None:
    """Keep quiet: whoever asked has the failure."""
