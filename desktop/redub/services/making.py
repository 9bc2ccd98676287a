"""The main job of one take up to the service: check, convert, upload, write the intent down, send it once.

Nothing here sends anything twice. What became of the request is on the disk before anybody is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from redub.cloud import wire
from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.core.checks import Knowledge, check
from redub.core.errors import Refused, Unclear, Unreachable
from redub.core.findings import Finding, acceptable
from redub.core.progress import Progress, Report, Stage
from redub.core.tasks import UNFINISHED, TaskRecord, TaskState
from redub.i18n import _
from redub.services.accounts import Account, Accounts
from redub.services.conversions import Conversions
from redub.services.deriving import plan_of, speech_length
from redub.services.ledger import Ledger
from redub.services.monitor import TaskMonitor
from redub.services.objections import Objected
from redub.services.orders import Order
from redub.services.preflight import Preflight
from redub.services.scope import TaskScope
from redub.services.uploading import Uploading
from redub.services.voices import Voices
from redub.store.files import require_writable
from redub.store.tasks import Intent

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that a request which is under way gets to end when the program is closed."""

_TWINS = UNFINISHED | {TaskState.INTENDED, TaskState.UNCLEAR, TaskState.DONE}


class Again(StrEnum):
    """What to do when the same request was sent before: SEND it again, FOLLOW the earlier task, or STOP."""

    SEND = "send"
    FOLLOW = "follow"
    STOP = "stop"


Decide = Callable[[tuple[TaskRecord, ...]], Awaitable[Again]]


async def send_again(_twins: tuple[TaskRecord, ...]) -> Again:
    """Send the request, whatever was sent before."""
    return Again.SEND


@dataclass(frozen=True, slots=True)
class Prepared:
    """An order that passed the check: findings that are no errors, the seconds that the result will last."""

    order: Order
    knowledge: Knowledge
    findings: tuple[Finding, ...]
    expected_seconds: float | None


class Maker:
    """Makes takes."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        voices: Voices,
        preflight: Preflight,
        conversions: Conversions,
        uploading: Uploading,
        ledger: Ledger,
        monitor: TaskMonitor,
    ) -> None:
        self._accounts = accounts
        self._voices = voices
        self._preflight = preflight
        self._conversions = conversions
        self._uploading = uploading
        self._ledger = ledger
        self._monitor = monitor
        self._scope = TaskScope("sending", on_failure=_told)
        self._sending: set[asyncio.Task[TaskRecord]] = set()

    async def make(self, order: Order, report: Report, again: Decide = send_again) -> TaskRecord | None:
        """Do the whole job up to the service and return the task, which is followed from then on.

        :param again: asked when the very same request was sent before; None is returned when it says STOP
        :raises Objected: an error stands against the take
        :raises UserError, EnvironmentFault: the folder for the result takes no files
        :raises Refused, Unreachable: the service made nothing
        :raises Unclear: nobody knows; it is written down, and never sent again by itself
        """
        prepared = await self.prepare(order, report)
        # What is paid for must have a place to lie.
        await asyncio.to_thread(require_writable, Path(order.folder))
        # An account that is not complete is to be known before the long conversion.
        await self._accounts.chosen()
        files = await self._legal_files(order, report)
        # Asked again: a rehearsal service may have ended meanwhile, and is started anew by this.
        account = await self._accounts.chosen()
        urls = await self._uploading.addresses(account, files, order.known_urls, report)
        intent = self._intent(prepared, account, urls)
        twins = await self._twins(intent)
        decision = await again(twins) if twins else Again.SEND
        if decision is Again.STOP:
            return None
        if decision is Again.FOLLOW:
            return self._follow(twins[-1])
        return await self._send(account, intent, report)

    async def prepare(self, order: Order, report: Report) -> Prepared:
        """Look into all media and check the take.

        :raises Objected: an error stands against it
        """
        report(Progress(stage=Stage.PREPARE, done=0, total=1))
        timbres = await self._voices.if_known()
        knowledge = await self._preflight.look(order.shot, order.take, timbres)
        findings = check(order.shot, order.take, knowledge, self._accounts.site_name)
        if not acceptable(findings):
            raise Objected(findings)
        report(Progress(stage=Stage.PREPARE, done=1, total=1))
        return Prepared(order, knowledge, findings, _expected_seconds(order, knowledge))

    async def aclose(self) -> None:
        """Let requests that are under way end, then stop; what stays open is written down as unclear."""
        if self._sending:
            await asyncio.wait(set(self._sending), timeout=PATIENCE)
        await self._scope.aclose()

    async def _legal_files(self, order: Order, report: Report) -> dict[MediaKind, Path]:
        """Return the files that have no address yet, the reference converted where it needs it."""
        files = order.files
        if MediaKind.REFERENCE in files:
            files[MediaKind.REFERENCE] = await self._conversions.legal_reference(
                files[MediaKind.REFERENCE], report
            )
        return files

    def _intent(self, prepared: Prepared, account: Account, urls: MediaUrls) -> Intent:
        order = prepared.order
        body = wire.encode_body(wire.request_body(order.shot, order.take, urls))
        return Intent(
            request=body.decode(),
            shot=order.shot_name,
            take_id=order.take_id,
            take_name=order.take.name,
            site=account.site.name,
            base_url=account.site.base_url,
            appkey=account.credentials.appkey,
            expected_seconds=prepared.expected_seconds,
            folder=str(Path(order.folder).absolute()),
            name=order.result_name,
        )

    async def _twins(self, intent: Intent) -> tuple[TaskRecord, ...]:
        """Return earlier tasks of the same account with exactly this request, that may have been paid for."""
        digest = wire.body_hash(intent.request.encode())
        same = await self._ledger.read(lambda store: store.with_body(digest))
        who = (intent.site, intent.appkey)
        return tuple(one for one in same if one.state in _TWINS and (one.site, one.appkey) == who)

    def _follow(self, record: TaskRecord) -> TaskRecord:
        self._monitor.follow(record)
        return record

    async def _send(self, account: Account, intent: Intent, report: Report) -> TaskRecord:
        """Send the request in a task of its own: closing a window must not tear it off in the middle."""
        report(Progress(stage=Stage.SUBMIT, done=0, total=1))
        task: asyncio.Task[TaskRecord] = self._scope.start(self._submit(account, intent), name=intent.name)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        try:
            record = await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task], timeout=PATIENCE)
            task.cancel()  # without effect on one that has ended
            await asyncio.wait([task])
            raise
        report(Progress(stage=Stage.SUBMIT, done=1, total=1, note=record.task_id))
        return record

    async def _submit(self, account: Account, intent: Intent) -> TaskRecord:
        record = await self._ledger.write(lambda store: store.intend(intent))
        client = self._accounts.client(account)
        try:
            submitted = await client.submit(intent.request.encode())
        except (Refused, Unreachable) as fault:
            message, code = _sentences(fault), fault.code
            await self._ledger.write(lambda store: store.refused(record.id, message=message, code=code))
            raise
        except BaseException as fault:
            known = isinstance(fault, Unclear)
            message = _sentences(fault) if known else _("The program was closed meanwhile.")
            await self._ledger.write(lambda store: store.unclear(record.id, message=message))
            raise
        detail = f"TaskId {submitted.task_id}, RequestID {submitted.request_id}"
        accepted = await self._ledger.write(
            lambda store: store.accepted(record.id, submitted.task_id, detail=detail)
        )
        self._monitor.follow(accepted)
        return accepted


def _expected_seconds(order: Order, knowledge: Knowledge) -> float | None:
    """Return how long the result will be by the output plan, or None when that cannot be said."""
    speech = speech_length(order.take, knowledge)
    if speech is None:
        return None
    if knowledge.reference is None or knowledge.reference.video is None:
        return speech.seconds
    return plan_of(order.shot, order.take, knowledge.reference, speech.seconds).duration


def _sentences(fault: BaseException) -> str:
    return str(fault)


def _told(_name: str, failure: BaseException) -> None:
    """Leave a failure to whoever waits for the task; only the log hears of it here."""
    log.info("A request came back without a task: %s", failure)
