"""Scenarios: what goes wrong at a service, as data; one TOML file each in `resources/scenarios`.

To add one: 1. write NAME.toml with the fields of `Scenario`; 2. run the tests: each file is read and played there.
A field that a scenario does not name is as it is at a service where all goes well.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from redub.core.errors import UserError
from redub.paths import resource
from redub.rehearsal.codes import FailCode

EVERY_CALL = "*"
NOTHING_WRONG = ""
_SUFFIX = ".toml"

Seconds = Annotated[float, msgspec.Meta(ge=0, le=3600)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Part = Annotated[float, msgspec.Meta(ge=0, le=1)]
Status = Annotated[int, msgspec.Meta(ge=200, le=599)]


class Kind(StrEnum):
    """What becomes of one call.

    REFUSED, STATUS and DEAF happen before anything is done: a code in the envelope, a bare HTTP answer (with `page`
    as its body), a connection that is closed without an answer. The others happen after it was done: LATE answers
    after some seconds, LOST closes the connection, HALF sends half the answer, REWRITTEN puts other values into it.
    """

    REFUSED = "refused"
    STATUS = "status"
    DEAF = "deaf"
    LATE = "late"
    LOST = "lost"
    HALF = "half"
    REWRITTEN = "rewritten"


class Mishap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What goes wrong with a call of the API.

    :ivar call: the last part of its address ("getprogress"), "*" for any
    :ivar skip: so many calls go well first
    :ivar times: so many go wrong then; 0 for all
    :ivar every: of those only each so-manieth
    :ivar code: Header.Code of REFUSED, and `text` the second half of its Message
    :ivar status: the HTTP status of REFUSED and STATUS; `page` the body, `location` where a redirect leads
    :ivar retry_after: seconds in a Retry-After header; None for no such header
    :ivar seconds: how late LATE is
    :ivar values: fields of Payload that REWRITTEN replaces
    """

    kind: Kind
    call: str = EVERY_CALL
    skip: Count = 0
    times: Count = 1
    every: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1
    code: int = 0
    text: str = ""
    status: Status = 200
    page: str = ""
    location: str = ""
    retry_after: Count | None = None
    seconds: Seconds = 0.0
    values: dict[str, str | int | float] = {}

    def befalls(self, call: str) -> bool:
        """Say whether it is about the call `call` at all."""
        return self.call in {EVERY_CALL, call}

    def hits(self, number: int) -> bool:
        """Say whether the call with this number (from 0, of those that it befalls) goes wrong."""
        place = number - self.skip
        if place < 0 or place % self.every:
            return False
        return not self.times or place // self.every < self.times


class Making(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a task fares.

    :ivar ahead: tasks that are said to be before it in the queue when it comes; one goes every `seconds_each`
    :ivar fails_at: percent at which it fails, None for never; with `fail_code` and `fail_message`
    """

    ahead: Count = 0
    seconds_each: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 5.0
    fails_at: Percent | None = None
    fail_code: int = int(FailCode.INTERNAL)
    fail_message: str = ""

    def ahead_after(self, seconds: float) -> int:
        """Return how many are still said to be before it so many seconds after it came."""
        return max(0, self.ahead - int(max(0.0, seconds) / self.seconds_each))


class Fetching(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a result is fetched.

    :ivar times: so many requests fare like this; 0 for all
    :ivar cut_after: the connection is closed after this part of the answer, None for never
    :ivar status: the HTTP status instead of the file; 0 for the file
    :ivar bytes_per_second: how fast it comes; 0 for as fast as can be
    :ivar spoiled: what comes is as long as the file, but no video
    :ivar changed: the answer names another version of the file (ETag) than the one before
    """

    times: Count = 1
    cut_after: Part | None = None
    status: Annotated[int, msgspec.Meta(ge=0, le=599)] = 0
    bytes_per_second: Count = 0
    spoiled: bool = False
    changed: bool = False


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a service is like.

    :ivar title: a few words for a list
    :ivar sentence: what is to be seen with it
    :ivar clock_ahead: seconds that its clock is ahead of ours
    """

    title: str
    sentence: str
    calls: tuple[Mishap, ...] = ()
    making: Making = Making()
    fetching: Fetching | None = None
    clock_ahead: Annotated[float, msgspec.Meta(ge=-86400, le=86400)] = 0.0


Scenarios = Mapping[str, Scenario]
"""Scenarios by name."""


def carried_scenarios() -> Scenarios:
    """Return the scenarios that the program carries, in the order of their names."""
    return {path.stem: read_scenario(path) for path in sorted(resource("scenarios").glob(f"*{_SUFFIX}"))}


def read_scenario(path: Path) -> Scenario:
    """Read one file.

    :raises UserError: it cannot be read, or is no scenario
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Scenario, strict=True)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
        raise UserError(
            f"The scenario {path.name} cannot be used.",
            why=str(exc),
            next_step="Compare it with one of those that Redub carries.",
        ) from exc


def with_chosen(carried: Scenarios, chosen: str) -> tuple[Scenarios, str]:
    """Return the scenarios and the name of the one that is meant by `chosen`: a name, the path of a file, or "".

    :raises UserError: there is none
    """
    if chosen == NOTHING_WRONG or chosen in carried:
        return carried, chosen
    path = Path(chosen).expanduser()
    if path.suffix == _SUFFIX:
        return {**carried, path.stem: read_scenario(path)}, path.stem
    raise UserError(
        f"There is no scenario “{chosen}”.",
        why=f"Redub carries {', '.join(carried)}.",
        next_step="Name one of these, or a .toml file of your own.",
    )
