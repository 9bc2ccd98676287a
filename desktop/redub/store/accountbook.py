"""What was learned about each account: how many places it has, whether its queue is paused, when it may be sent to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from redub.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNote:
    """One account.

    :ivar account: as `TaskRecord.account`
    :ivar paused: the creator has stopped its queue
    :ivar places: tasks that it may have at the service, None while nothing was learned
    :ivar learned: when that was learned, Unix seconds
    :ivar rest_until: Unix seconds before which nothing is sent, because the service asked for it
    :ivar rests: how often it did so, one after the other
    :ivar why: what it said
    """

    account: str
    paused: bool = False
    places: int | None = None
    learned: float | None = None
    rest_until: float | None = None
    rests: int = 0
    why: str = ""


class AccountBook:
    """The notes in the database; blocking, from any thread."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def get(self, account: str) -> AccountNote:
        """Return what is known of `account`."""
        return self._database.read(lambda db: _get(db, account))

    def pause(self, account: str, paused: bool) -> AccountNote:
        """Stop the queue of `account`, or let it go on."""
        return self._change(account, paused=paused)

    def learn(self, account: str, places: int) -> AccountNote:
        """Write down how many tasks `account` may have at the service."""
        return self._change(account, places=places, learned=self._clock())

    def rest(self, account: str, seconds: float, why: str) -> AccountNote:
        """Send nothing to `account` for a while, because the service said so."""
        now = self._clock()

        def work(db: sqlite3.Connection) -> AccountNote:
            note = _get(db, account)
            return _put(db, replace(note, rest_until=now + seconds, rests=note.rests + 1, why=why))

        return self._database.write(work)

    def go_on(self, account: str) -> AccountNote:
        """Forget the pauses: the service takes tasks again."""
        return self._change(account, rest_until=None, rests=0, why="")

    def _change(self, account: str, **changes: object) -> AccountNote:
        def work(db: sqlite3.Connection) -> AccountNote:
            note = _get(db, account)
            changed = replace(note, **changes)  # type: ignore[arg-type]  # names of AccountNote's fields
            return note if changed == note else _put(db, changed)

        return self._database.write(work)


def _get(db: sqlite3.Connection, account: str) -> AccountNote:
    query = "SELECT paused, places, learned, rest_until, rests, why FROM accounts WHERE account = ?"
    row = db.execute(query, (account,)).fetchone()
    if row is None:
        return AccountNote(account=account)
    names = ("paused", "places", "learned", "rest_until", "rests", "why")
    plain = dict(zip(names, row, strict=True)) | {"paused": bool(row[0])}
    return AccountNote(account=account, **plain)


def _put(db: sqlite3.Connection, note: AccountNote) -> AccountNote:
    db.execute(
        "INSERT OR REPLACE INTO accounts (account, paused, places, learned, rest_until, rests, why) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (note.account, int(note.paused), note.places, note.learned, note.rest_until, note.rests, note.why),
    )
    return note
