"""The service as a whole, without its transport: what each call of the API does."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from redub.core.tasks import RemoteStatus
from redub.media.speech import Speaker
from redub.paths import ensure
from redub.rehearsal.asking import check_types, text
from redub.rehearsal.assets import describe_assets, is_exclusive
from redub.rehearsal.callback import call_back
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.fetching import Fetcher
from redub.rehearsal.jobs import Job, JobBook, Kind
from redub.rehearsal.key import load_key
from redub.rehearsal.lanes import Lane
from redub.rehearsal.making import Workshop
from redub.rehearsal.refusal import Refusal
from redub.rehearsal.results import Results
from redub.rehearsal.rules import check_tts, check_videomakenotrain
from redub.rehearsal.scenarios import carried_scenarios, with_chosen
from redub.rehearsal.settings import Settings
from redub.rehearsal.shapes import GETPROGRESS, SIMULATE
from redub.rehearsal.shelf import Shelf
from redub.rehearsal.simulation import Simulation
from redub.rehearsal.speaking import Studio
from redub.rehearsal.timbres import Timbres

logger = logging.getLogger(__name__)


class Service:
    """Takes requests that were authorised, keeps their jobs, makes them in its lanes; blocking, thread-safe.

    :ivar base_url: where it is reached; addresses of results begin with it
    :ivar simulation: what goes wrong at present
    """

    def __init__(self, settings: Settings, base_url: str) -> None:
        """Read what lies in the folder of `settings`; nothing is made before `start`.

        :raises OSError: the folder cannot be used
        :raises UserError: the scenario that it is to begin with is none
        """
        self.settings, self.base_url = settings, base_url
        scenarios, chosen = with_chosen(carried_scenarios(), settings.scenario)
        self.simulation = Simulation(scenarios, chosen, settings.clock)
        folder = ensure(settings.folder)
        self.key = load_key(folder)
        self._cancelled = threading.Event()
        self._book = JobBook(folder / "jobs", self.simulation)
        self.shelf = Shelf(folder / "shelf", limit=settings.upload_limit, is_old=settings.is_old)
        self.results = Results(folder / "results", self._book, is_old=settings.is_old)
        speaker = Speaker()
        self.timbres = Timbres(speaker, folder / "samples")
        self._work = folder / "work"
        shop = Workshop(
            folder=self._work,
            book=self._book,
            results=self.results,
            fetcher=Fetcher(self.shelf, self._cancelled.is_set),
            speaker=speaker,
            mark=settings.mark,
            lips=settings.lips,
            cancelled=self._cancelled.is_set,
        )
        studio = Studio(self._work, self.results, speaker, self._cancelled.is_set)
        self._lanes = (
            Lane(Kind.VIDEO, self._book, shop.make_video, clock=settings.clock, tell=self._ended),
            Lane(Kind.AUDIO, self._book, studio.make_audio, clock=settings.clock, tell=self._ended),
        )

    def start(self) -> None:
        """Begin with what was left unfinished, and forget what is no longer kept."""
        shutil.rmtree(self._work, ignore_errors=True)
        ensure(self._work)
        self._sweep()
        for lane in self._lanes:
            lane.start()

    def stop(self) -> None:
        """Stop the jobs in hand and wait for the threads; unfinished jobs begin again at the next start."""
        self._cancelled.set()
        self._book.close()
        for lane in self._lanes:
            lane.join()

    def videomakenotrain(self, payload: Mapping[str, object], scenario: str = "") -> dict[str, object]:
        """Accept a video task, which fares as in `scenario`; it is on the disk when this returns.

        :raises Refusal: it breaks a rule, is not paid for, or there are too many
        """
        check_videomakenotrain(payload)
        account = self.settings.account
        exclusive = is_exclusive(text(payload, "ConcurrencyType"), account)
        return self._admit(Kind.VIDEO, payload, scenario, exclusive=exclusive, slots=account.video_tasks)

    def tts(self, payload: Mapping[str, object], scenario: str = "") -> dict[str, object]:
        """Accept an audio task.

        :raises Refusal: it breaks a rule, or there are too many
        """
        check_tts(payload)
        slots = self.settings.account.audio_tasks
        return self._admit(Kind.AUDIO, payload, scenario, exclusive=False, slots=slots)

    def _admit(
        self, kind: Kind, payload: Mapping[str, object], scenario: str, *, exclusive: bool, slots: int
    ) -> dict[str, object]:
        now = self.settings.clock()
        job = self._book.admit(
            kind, dict(payload), exclusive=exclusive, slots=slots, now=now, scenario=scenario
        )
        return {"TaskId": job.task_id}

    def job(self, task_id: object) -> Job | None:
        """Return a task by its TaskId, None when there is none."""
        return self._book.get(task_id) if isinstance(task_id, str) else None

    def getprogress(self, payload: Mapping[str, object], _scenario: str = "") -> dict[str, object]:
        """Return how far a task is.

        :raises Refusal: there is no such task
        """
        check_types(payload, GETPROGRESS)
        if "TaskId" not in payload:
            raise Refusal(InterfaceCode.PARAMETER, "TaskId is missing")
        job = self._book.get(text(payload, "TaskId"))
        if job is None:
            raise Refusal(InterfaceCode.NO_RECORD, "记录不存在")
        return self._report(job)

    def describetimbre(self, payload: Mapping[str, object], _scenario: str = "") -> dict[str, object]:
        """Return a page of the voices.

        :raises Refusal: the page cannot be one
        """
        return self.timbres.describe(payload, self.base_url)

    def getserviceasset(self, payload: Mapping[str, object], _scenario: str = "") -> dict[str, object]:
        """Return a page of what the account has bought.

        :raises Refusal: the page cannot be one
        """
        return describe_assets(payload, self.settings.account)

    def simulate(self, payload: Mapping[str, object], _scenario: str = "") -> dict[str, object]:
        """Play another scenario from now on when Scenario names one; return the present one, and all there are.

        :raises Refusal: there is none of this name
        """
        check_types(payload, SIMULATE)
        if "Scenario" in payload:
            self.simulation.choose(text(payload, "Scenario"))
        listed = [
            {"Name": name, "Title": one.title, "Sentence": one.sentence}
            for name, one in self.simulation.scenarios.items()
        ]
        return {"Scenario": self.simulation.chosen, "Scenarios": listed}

    def _report(self, job: Job) -> dict[str, object]:
        report: dict[str, object] = {
            "Progress": job.progress,
            "MediaUrl": self._url(job, job.media),
            "SubtitlesUrl": self._url(job, job.subtitles),
            "Status": job.status.value,
            "ArrayCount": self._book.ahead(job) if job.status is RemoteStatus.COMMIT else 0,
            "FailCode": job.fail_code,
            "FailMessage": job.fail_message,
            "Duration": job.milliseconds,
        }
        if job.kind is Kind.AUDIO:
            report["TextTimestampResult"] = job.sentences
        return report

    def _url(self, job: Job, name: str) -> str:
        return f"{self.base_url}{self.results.address(job, name)}" if name else ""

    def _ended(self, job: Job) -> None:
        """Tell CallbackUrl that `job` has come to its end; noted first, so that it is never told twice."""
        url = text(cast(Mapping[str, object], job.payload), "CallbackUrl") if job.kind is Kind.VIDEO else ""
        if url and not job.told:
            self._book.change(job.task_id, lambda now: replace(now, told=True))
            call_back(url, {"Payload": self._callback_body(job)})
        self._sweep()

    def _callback_body(self, job: Job) -> dict[str, object]:
        return {
            "Progress": job.progress,
            "MediaUrl": self._url(job, job.media),
            "SubtitlesUrl": self._url(job, job.subtitles),
            "Status": job.status.value,
            "FailMessage": job.fail_message,
            "TaskId": job.task_id,
        }

    def _sweep(self) -> None:
        try:
            self.results.sweep()
            self.shelf.sweep()
        except OSError as exc:
            logger.warning("Old files could not be deleted: %s", exc)
