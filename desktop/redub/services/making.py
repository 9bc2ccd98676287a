"""The main job of one take up to the service: check, convert, upload, write the intent down, send it once.

Nothing here sends anything twice. What became of the request is on the disk before anybody is told.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import msgspec

from redub.cloud import wire
from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.core.checks import Knowledge, check, part_to_send
from redub.core.findings import Finding, acceptable
from redub.core.limits import version_of
from redub.core.outputplan import OutputPlan
from redub.core.part import as_sent
from redub.core.progress import Progress, Report, Stage
from redub.core.tasks import TaskRecord, TaskState
from redub.core.timemap import SAME
from redub.services.accounts import Account, Accounts
from redub.services.conversions import Conversions
from redub.services.deriving import plan_of, speech_length
from redub.services.fingerprints import Fingerprints, identity_of, media_of
from redub.services.ledger import Ledger
from redub.services.monitor import TaskMonitor
from redub.services.objections import Objected
from redub.services.orders import DEFAULT_TEMPLATE, Order, name_by
from redub.services.preflight import Preflight
from redub.services.sendqueue import SendQueue
from redub.services.turns import Turns
from redub.services.uploading import Uploading
from redub.services.voices import Voices
from redub.store.files import require_writable
from redub.store.settings import Settings
from redub.store.tasks import Intent

log = logging.getLogger(__name__)


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
    """An order that passed the check: findings that are no errors, and how long the result will be.

    :ivar expected_seconds: None when that cannot be said
    :ivar plan: what the result will show, None when that cannot be said
    """

    order: Order
    knowledge: Knowledge
    findings: tuple[Finding, ...]
    expected_seconds: float | None
    plan: OutputPlan | None = None


@dataclass(frozen=True, slots=True)
class Hashes:
    """What the files of an order are: the creator's own, and those that are sent in their place."""

    own: Mapping[MediaKind, str]
    sent: Mapping[MediaKind, str]


class Maker:
    """Makes takes.

    :ivar name_template: what results are called: see `redub.services.orders.name_by`
    """

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
        queue: SendQueue,
        turns: Turns,
        name_template: str = DEFAULT_TEMPLATE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.name_template = name_template
        self._clock = clock
        self._accounts = accounts
        self._voices = voices
        self._preflight = preflight
        self._conversions = conversions
        self._uploading = uploading
        self._ledger = ledger
        self._monitor = monitor
        self._queue = queue
        self._turns = turns
        self._fingerprints = Fingerprints()

    def use(self, settings: Settings) -> None:
        """Call results by another template from now on."""
        self.name_template = settings.result_name

    async def make(
        self,
        order: Order,
        report: Report,
        again: Decide = send_again,
        *,
        patience: float | None = None,
    ) -> TaskRecord | None:
        """Do the whole job up to the service and return the task, which is followed from then on.

        When the account has no place, the task waits in the creator's queue and so does this call; cancelled while it
        waits, the task stays in the queue.

        :param again: asked when the very same was asked for before; None is returned when it says STOP
        :param patience: seconds that the service may refuse for want of a place; the task stays in the queue then
        :raises Objected: an error stands against the take
        :raises UserError, EnvironmentFault: the folder for the result takes no files
        :raises Refused, Unreachable: the service made nothing
        :raises Unclear: nobody knows; it is written down, and never sent again by itself
        """
        record = await self.enqueue(order, report, again)
        if record is None or record.state is not TaskState.WAITING:
            return record
        report(Progress(stage=Stage.SUBMIT, done=0, total=1, note=await self._queue.why(record.id)))
        sent = await self._queue.sent(record.id, patience=patience)
        report(Progress(stage=Stage.SUBMIT, done=1, total=1, note=sent.task_id))
        return sent

    async def enqueue(self, order: Order, report: Report, again: Decide = send_again) -> TaskRecord | None:
        """Do everything up to the queue: check, convert, upload, write down; it is sent when its turn comes.

        Two copies of the program (or two calls) that are given the same at the same moment take turns here, so that
        the second one finds the task of the first. Parameters, errors and None as for `make`.

        :returns: the new task, WAITING; or, when `again` says FOLLOW, the earlier one as it is
        """
        prepared = await self.prepare(order, report)
        # What is paid for must have a place to lie.
        await asyncio.to_thread(require_writable, Path(order.folder))
        # An account that is not complete is to be known before the long conversion.
        account = await self._accounts.chosen()
        own = await self._fingerprints.all(order.files)
        identity = identity_of(order, own)
        async with self._turns.alone(account.name, identity):
            twins = await self._twins(order, account, identity)
            decision = await again(twins) if twins else Again.SEND
            if decision is Again.STOP:
                return None
            if decision is Again.FOLLOW:
                return self._follow(twins[-1])
            files, prepared = await self._legal_files(prepared, report)
            hashes = Hashes(own, await self._fingerprints.all(files))
            # Asked again: a rehearsal service may have ended meanwhile, and is started anew by this.
            account = await self._accounts.chosen()
            urls = await self._uploading.addresses(account, files, order.known_urls, report)
            return await self._queue.enter(self._intent(prepared, account, urls, identity, hashes))

    async def prepare(self, order: Order, report: Report) -> Prepared:
        """Look into all media and check the take.

        :raises Objected: an error stands against it
        """
        report(Progress(stage=Stage.PREPARE, done=0, total=1))
        timbres = await self._voices.if_known()
        knowledge = await self._preflight.look(order.shot, order.take, timbres, self._accounts.site_name)
        findings = check(order.shot, order.take, knowledge, self._accounts.site_name)
        if not acceptable(findings):
            raise Objected(findings)
        report(Progress(stage=Stage.PREPARE, done=1, total=1))
        plan = _plan(order, knowledge)
        speech = speech_length(order.take, knowledge)
        seconds = plan.duration if plan is not None else speech.seconds if speech is not None else None
        return Prepared(order, knowledge, findings, seconds, plan)

    async def _legal_files(
        self, prepared: Prepared, report: Report
    ) -> tuple[dict[MediaKind, Path], Prepared]:
        """Return the files that have no address yet, the reference converted where it needs it.

        The order comes back with the times of the converted clip, when only a part of it is sent or its rate varied.
        """
        order, knowledge = prepared.order, prepared.knowledge
        files = order.files
        if MediaKind.REFERENCE in files and knowledge.reference is not None:
            part = part_to_send(order.shot, order.take, knowledge, self._accounts.site_name)
            path = await self._conversions.legal_reference(files[MediaKind.REFERENCE], report, part)
            files[MediaKind.REFERENCE] = path
            copy = self._conversions.copy_of(knowledge.reference, part)
            sent = as_sent(order.shot, part, copy.proof.clock if copy else SAME)
            prepared = replace(prepared, order=replace(order, shot=sent))
        return files, prepared

    def _intent(
        self, prepared: Prepared, account: Account, urls: MediaUrls, identity: str, hashes: Hashes
    ) -> Intent:
        order, plan = prepared.order, prepared.plan
        body = wire.encode_body(wire.request_body(order.shot, order.take, urls))
        concurrency = order.take.options.concurrency
        return Intent(
            request=body.decode(),
            identity=identity,
            shot=order.shot_name,
            take_id=order.take_id,
            take_name=order.take.name,
            site=account.site.name,
            base_url=account.site.base_url,
            appkey=account.credentials.appkey,
            expected_seconds=prepared.expected_seconds,
            expected_width=plan.width if plan else None,
            expected_height=plan.height if plan else None,
            expected_rate=plan.fps if plan else None,
            concurrency=concurrency.value if concurrency else "",
            limits=version_of(account.site.name),
            media=msgspec.json.encode(media_of(order, hashes.own, hashes.sent)).decode(),
            folder=str(Path(order.folder).absolute()),
            name=name_by(self.name_template, order, account.site.name, self._clock()),
        )

    async def _twins(self, order: Order, account: Account, identity: str) -> tuple[TaskRecord, ...]:
        """Return earlier tasks of the same account that ask for the same and may have been paid for."""
        # Tasks of earlier versions are known by their exact body only: it can be told where all addresses are known.
        body = b""
        if not order.files:
            body = wire.encode_body(wire.request_body(order.shot, order.take, order.known_urls))
        digest = wire.body_hash(body) if body else ""
        return await self._ledger.read(lambda store: store.twins(identity, digest, account.name))

    def _follow(self, record: TaskRecord) -> TaskRecord:
        if record.state is TaskState.WAITING:
            self._queue.adopt(record.id)
        self._monitor.follow(record)
        return record


def _plan(order: Order, knowledge: Knowledge) -> OutputPlan | None:
    """Return what the result will show, or None when that cannot be said."""
    speech = speech_length(order.take, knowledge)
    if speech is None or knowledge.reference is None or knowledge.reference.video is None:
        return None
    return plan_of(order.shot, order.take, knowledge.reference, speech.seconds, knowledge.settings)
