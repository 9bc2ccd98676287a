"""A notice: what somebody has to say to the person, as a value."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from redub.core.errors import Bug, RedubError
from redub.i18n import _


class NoticeLevel(StrEnum):
    """How much it matters; what is only good to know goes away by itself."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """A way on from a notice: a word on a button, and what it does."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to say.

    :ivar text: what is so, one sentence
    :ivar more: why, and what to do next
    :ivar detail: original words for *Copy details*, never shown first
    :ivar actions: ways on, at most two
    :ivar replace: notices with the same key take each other's place; "" never does
    """

    level: NoticeLevel
    text: str
    more: str = ""
    detail: str = ""
    actions: tuple[NoticeAction, ...] = ()
    replace: str = ""

    @property
    def stays(self) -> bool:
        """Say whether it stays until the person closes it."""
        return self.level in {NoticeLevel.WARNING, NoticeLevel.ERROR}

    @property
    def for_copying(self) -> str:
        """Return everything that it says, for a message to somebody who can help."""
        return "\n".join(part for part in (self.text, self.more, self.detail) if part)


def from_error(error: BaseException, *, actions: tuple[NoticeAction, ...] = (), replace: str = "") -> Notice:
    """Say what went wrong; what is not one of our errors is our own mistake and is called one."""
    known = error if isinstance(error, RedubError) else _mistake(error)
    return Notice(
        level=NoticeLevel.ERROR,
        text=known.what,
        more=" ".join(part for part in (known.why, known.next_step) if part),
        detail=known.detail or _trace(error),
        actions=actions,
        replace=replace,
    )


def _mistake(error: BaseException) -> Bug:
    return Bug(
        _("Something went wrong inside the program."),
        why=_("This is a mistake of the program, not yours. Your shot is untouched."),
        next_step=_("Copy the details and send them to the developers."),
        detail=_trace(error),
    )


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
