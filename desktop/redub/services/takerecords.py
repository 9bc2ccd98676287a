"""The whole record of a take: story, exact request, answers, files, and what changed since the last one.

Everything here is without secrets: what stands after the question mark of an address, signatures, keys.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import msgspec

from redub import __version__
from redub.cloud import wire
from redub.cloud.client import SUBMIT_PATH
from redub.core.shot import ConcurrencyType
from redub.core.takerecord import Change, Medium, changes
from redub.core.tasks import PAID, TaskRecord
from redub.services.ledger import Ledger
from redub.store.answerlog import Answered
from redub.store.tasks import Event, TaskStore

FORMAT = "redub-take-record"
VERSION = 1
_ADDRESSES = frozenset(
    {"RefVideoUrl", "InputAudioUrl", "IdentityWrittenUrl", "IdentityVideoUrl", "RefPhotoUrl"}
)
_SIGNATURE = (
    'SIGNATURE=$(printf %s "appkey=$REDUB_APPKEY&timestamp=$TIMESTAMP" '
    '| openssl dgst -sha256 -hmac "$ACCESSTOKEN" -binary | base64)'
)
_QUERY = (
    '"appkey=$REDUB_APPKEY&timestamp=$TIMESTAMP&signature='
    '$(printf %s "$SIGNATURE" | sed \'s/+/%2B/g; s,/,%2F,g; s/=/%3D/g\')"'
)
_INTERNAL = frozenset({"request", "media", "place", "held", "forgotten"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDetails:
    """Everything that is known of a task, without secrets.

    :ivar events: its story, the oldest first
    :ivar request: the body that was sent, indented; `request_line` as it was sent, on one line
    :ivar answers: what the service answered, the oldest first
    :ivar media: the files that the request names, with the hashes of their contents
    :ivar changes: what differs from the take before it, by the API's fields; () for the first one
    :ivar previous: the take before it, or None
    """

    record: TaskRecord
    events: tuple[Event, ...]
    request: str
    request_line: str
    answers: tuple[Answered, ...]
    media: tuple[Medium, ...]
    changes: tuple[Change, ...]
    previous: TaskRecord | None


class TakeRecords:
    """Puts records together."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def details(self, id: str) -> TaskDetails:
        """Return everything about a task; KeyError when there is none."""
        return await self._ledger.read(lambda store: details_of(store, id))

    async def as_json(self, id: str) -> str:
        """Return the record of a task as indented JSON, for a file or the clipboard."""
        return json_of(await self.details(id))

    async def as_curl(self, id: str) -> str:
        """Return the request of a task as a curl command, with names of variables where the keys belong."""
        return curl_of(await self.details(id))

    async def changes_since_last(self, id: str) -> tuple[Change, ...]:
        """Return what differs from the take before; () for the first one of its shot, or when nothing does."""
        return (await self.details(id)).changes

    async def changes_between(self, before: str, after: str) -> tuple[Change, ...]:
        """Return what differs between two tasks, by the API's fields and the contents of the files."""

        def compare(store: TaskStore) -> tuple[Change, ...]:
            return changes(comparable(store.get(before)), comparable(store.get(after)))

        return await self._ledger.read(compare)


def details_of(store: TaskStore, id: str) -> TaskDetails:
    """Return everything about a task; blocks."""
    record = store.get(id)
    previous = _previous(store, record)
    line = wire.without_secrets(record.request)
    return TaskDetails(
        record=record,
        events=store.events(id),
        request=_indented(line),
        request_line=line,
        answers=store.answers.of(id),
        media=media_of(record),
        changes=changes(comparable(previous), comparable(record)) if previous else (),
        previous=previous,
    )


def json_of(details: TaskDetails) -> str:
    """Return `details` as indented JSON."""
    record = {key: value for key, value in asdict(details.record).items() if key not in _INTERNAL}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "task": record | {"appkey": _hidden_key(details.record.appkey)},
        "cost": cost_of(details.record),
        "request": _decoded(details.request_line),
        "media": [asdict(medium) for medium in details.media],
        "events": [asdict(event) for event in details.events],
        "answers": [asdict(one) | {"body": _decoded(one.body)} for one in details.answers],
        "previous": details.previous.id if details.previous else None,
        "changes": [asdict(change) for change in details.changes],
    }
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    return wire.without_secrets(text)


def cost_of(record: TaskRecord) -> dict[str, object]:
    """Return what a task has used, as far as it can be known here: the service tells no prices.

    ``{"kind": "minutes" | "place" | "none", "minutes": …}``: minutes of the result for Shared (and where the service
    chose), a place of one's own for Exclusive, nothing for what was never taken; null for minutes that are not known.
    """
    if record.state not in PAID:
        return {"kind": "none", "minutes": 0.0}
    if record.concurrency == ConcurrencyType.EXCLUSIVE.value:
        return {"kind": "place", "minutes": None}
    seconds = record.duration or record.expected_seconds
    return {"kind": "minutes", "minutes": None if seconds is None else round(seconds / 60, 3)}


def curl_of(details: TaskDetails) -> str:
    """Return the request as a curl command for a POSIX shell; the signature has to be made anew for each call."""
    address = f"{details.record.base_url}{SUBMIT_PATH}"
    lines = (
        "# It is paid for. Set REDUB_APPKEY and ACCESSTOKEN first; addresses are shown without their keys.",
        "TIMESTAMP=$(date +%s)",
        _SIGNATURE,
        "curl -X POST -H 'Content-Type: application/json;charset=utf-8' \\",
        f"  --data-binary {shlex.quote(details.request_line)} \\",
        f"  {shlex.quote(address + '?')}{_QUERY}",
    )
    return "\n".join(lines)


def media_of(record: TaskRecord) -> tuple[Medium, ...]:
    """Return the files of a task; () where the record is older than this list."""
    try:
        return tuple(msgspec.json.decode(record.media, type=list[Medium])) if record.media else ()
    except msgspec.MsgspecError:
        return ()


def comparable(record: TaskRecord) -> Mapping[str, object]:
    """Return what a task asked for, to be compared: with contents of files in place of addresses."""
    payload = _mapping(_mapping(_decoded(wire.without_secrets(record.request))).get("Payload"))
    media = {medium.kind: medium for medium in media_of(record)}
    hashes = {f"media.{kind}": medium.sha256 or medium.name for kind, medium in media.items()}
    plain = _without(payload, _ADDRESSES) if media else payload
    return {**plain, **hashes, "service": record.site, "limits": record.limits}


def _previous(store: TaskStore, record: TaskRecord) -> TaskRecord | None:
    """Return the last task before `record` with the same take, else with the same shot, that was sent."""
    before = [
        one
        for one in (*store.listed(), *store.forgotten())
        if one.shot == record.shot and one.created < record.created and one.state in PAID
    ]
    same = [one for one in before if one.take_id == record.take_id] or before
    latest = max(same, key=lambda one: one.created, default=None)
    return store.get(latest.id) if latest else None


def _without(payload: Mapping[str, object], names: frozenset[str]) -> dict[str, object]:
    return {
        key: _without(value, names) if isinstance(value, Mapping) else value
        for key, value in payload.items()
        if key not in names
    }


def _indented(text: str) -> str:
    try:
        return msgspec.json.format(text.encode(), indent=2).decode()
    except msgspec.MsgspecError:
        return text


def _decoded(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except msgspec.MsgspecError:
        return text


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _hidden_key(appkey: str) -> str:
    """Return enough of an appkey to tell two accounts apart."""
    return f"{appkey[:4]}…" if len(appkey) > 8 else "…" if appkey else ""
