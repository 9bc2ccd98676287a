"""The columns of the table of tasks: what each shows, what it is sorted by, and whether it is shown at first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from redub.core.tasks import RETENTION_SECONDS
from redub.i18n import N_
from redub.ui.tasks.entry import Entry
from redub.ui.tasks.rows import TaskRow
from redub.ui.tasks.states import state_rank

Key = float | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :ivar text: a cell's words
    :ivar key: what is sorted by; None comes last
    :ivar width: pixels at first; 0 takes what is left
    :ivar is_number: numbers stand at the right
    """

    name: str
    title: str
    text: Callable[[TaskRow], str]
    key: Callable[[Entry], Key]
    width: int
    is_shown: bool = True
    is_number: bool = False


def _expires(entry: Entry) -> Key:
    finished = entry.record.finished
    return None if finished is None or entry.record.site == "rehearsal" else finished + RETENTION_SECONDS


COLUMNS = (
    Column("state", N_("State"), lambda row: row.state, lambda one: state_rank(one.record.state), 130),
    Column("shot", N_("Shot"), lambda row: row.shot, lambda one: one.record.shot.casefold(), 130),
    Column("take", N_("Take"), lambda row: row.take, lambda one: one.record.take_name.casefold(), 130),
    Column("service", N_("Service"), lambda row: row.service, lambda one: one.record.site, 150),
    Column("place", N_("Place"), lambda row: row.place, lambda one: one.place, 84),
    Column("news", N_("News"), lambda row: row.news, lambda one: one.record.message.casefold() or None, 0),
    Column("age", N_("Age"), lambda row: row.age, lambda one: -one.record.created, 76, is_number=True),
    Column("left", N_("Time left"), lambda row: row.left, lambda one: one.seconds_left, 90, is_number=True),
    Column("length", N_("Length"), lambda row: row.length, lambda one: one.seconds, 80, is_number=True),
    Column("size", N_("Size"), lambda row: row.size, lambda one: one.bytes, 84, False, is_number=True),
    Column("speed", N_("Speed"), lambda row: row.speed, lambda one: one.speed, 92, False, is_number=True),
    Column("expires", N_("Kept until"), lambda row: row.kept, _expires, 96, is_number=True),
)
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
STATE, TAKE, PLACE, NEWS, AGE = (PLACES[name] for name in ("state", "take", "place", "news", "age"))
