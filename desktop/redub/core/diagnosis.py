"""What a check has found, step by step: of an account, of a bucket."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a check.

    :ivar name: what was looked at, a word or two
    :ivar ok: whether it is good; None for what could not be told, or is good with a warning
    :ivar said: what was found, a whole sentence
    :ivar next_step: what to do about it, or ""
    :ivar detail: the original words of a program or service, for copying
    """

    name: str
    ok: bool | None
    said: str
    next_step: str = ""
    detail: str = ""
