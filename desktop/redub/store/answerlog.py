"""What the service answered about each task: the words as they came, without secrets, and only when they are new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from redub.log import without_secrets
from redub.store.database import Database

MOST_CHARACTERS = 20_000
MOST_PER_TASK = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer.

    :ivar time: Unix seconds
    :ivar question: "submit", "progress" or "download"
    :ivar code: Header.Code, or None where there was none
    :ivar body: what came back, shortened, without secrets
    """

    time: float
    question: str
    code: int | None
    request_id: str
    body: str


class AnswerLog:
    """The answers in the database; blocking, from any thread."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def keep(
        self, id: str, question: str, body: str, *, code: int | None = None, request_id: str = ""
    ) -> None:
        """Keep an answer, unless the last one to the same question differs in nothing but its RequestID."""
        clean = without_secrets(body)[:MOST_CHARACTERS]
        now = self._clock()
        self._database.write(
            lambda db: _keep(
                db, id, Answered(time=now, question=question, code=code, request_id=request_id, body=clean)
            )
        )

    def of(self, id: str) -> tuple[Answered, ...]:
        """Return the answers about one task, the oldest first."""
        query = "SELECT time, question, code, request_id, body FROM answers WHERE id = ? ORDER BY number"
        found = self._database.read(lambda db: db.execute(query, (id,)).fetchall())
        names = ("time", "question", "code", "request_id", "body")
        return tuple(Answered(**dict(zip(names, row, strict=True))) for row in found)


def _keep(db: sqlite3.Connection, id: str, answer: Answered) -> None:
    last = db.execute(
        "SELECT body, request_id FROM answers WHERE id = ? AND question = ? ORDER BY number DESC LIMIT 1",
        (id, answer.question),
    ).fetchone()
    if last is not None and _plain(last[0], last[1]) == _plain(answer.body, answer.request_id):
        return
    db.execute(
        "INSERT INTO answers (id, time, question, code, request_id, body) VALUES (?, ?, ?, ?, ?, ?)",
        (id, answer.time, answer.question, answer.code, answer.request_id, answer.body),
    )
    db.execute(
        "DELETE FROM answers WHERE id = ? AND number NOT IN "
        "(SELECT number FROM answers WHERE id = ? ORDER BY number DESC LIMIT ?)",
        (id, id, MOST_PER_TASK),
    )


def _plain(body: str, request_id: str) -> str:
    return body.replace(request_id, "") if request_id else body
