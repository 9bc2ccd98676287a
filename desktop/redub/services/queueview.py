"""The queue as a person sees it: the order, what each task waits for, and what each account has room for."""

from __future__ import annotations

import time
from dataclasses import dataclass

from redub.core.tasks import OCCUPYING, TaskRecord
from redub.i18n import _, ngettext
from redub.services.places import place_limit
from redub.store.accountbook import AccountNote
from redub.store.tasks import TaskStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One task in the queue, and what it waits for as a sentence.

    :ivar ahead: tasks of the same account that are sent before it
    """

    record: TaskRecord
    ahead: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """One account: how many places it has, how many are taken, and whether the creator has paused its queue."""

    account: str
    places: int
    taken: int
    paused: bool
    rest_until: float | None
    why: str


def waiting_of(store: TaskStore, now: float) -> tuple[Waiting, ...]:
    """Return the queue in its order; blocks."""
    states = {one.account: one for one in states_of(store, now)}
    ahead: dict[str, int] = {}
    found = []
    for record in store.waiting.all():
        before = ahead.get(record.account, 0)
        ahead[record.account] = before + 1
        state = states.get(record.account) or _state(store, store.accounts.get(record.account), now)
        found.append(Waiting(record=record, ahead=before, why=why_it_waits(record, state, before, now)))
    return tuple(found)


def states_of(store: TaskStore, now: float) -> tuple[AccountState, ...]:
    """Return every account that something waits for or runs at; blocks."""
    known = dict.fromkeys(one.account for one in (*store.waiting.all(), *store.in_state(*OCCUPYING)))
    return tuple(_state(store, store.accounts.get(account), now) for account in known)


def _state(store: TaskStore, note: AccountNote, now: float) -> AccountState:
    return AccountState(
        account=note.account,
        places=place_limit(note, now),
        taken=store.waiting.taken_places(note.account),
        paused=note.paused,
        rest_until=note.rest_until if note.rest_until is not None and note.rest_until > now else None,
        why=note.why,
    )


def why_it_waits(record: TaskRecord, state: AccountState, ahead: int, now: float) -> str:
    """Say what a task waits for, the creator's own wishes first."""
    if record.held:
        return _("You keep it back.")
    if state.paused:
        return _("The queue of this account is paused.")
    if record.not_before is not None and record.not_before > now:
        clock = time.strftime("%Y-%m-%d %H:%M", time.localtime(record.not_before))
        return _("It is to be sent after {moment}.").format(moment=clock)
    if state.rest_until is not None:
        left = max(1, round(state.rest_until - now))
        said = ngettext("It is tried again in {n} second.", "It is tried again in {n} seconds.", left)
        return f"{state.why} {said.format(n=left)}".strip()
    if state.taken >= state.places:
        return _("All {n} places of the account are taken.").format(n=state.places)
    if ahead:
        return ngettext("{n} task is sent before it.", "{n} tasks are sent before it.", ahead).format(n=ahead)
    return _("It is sent next.")
