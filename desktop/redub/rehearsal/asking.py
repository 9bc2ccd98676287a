"""A payload whose types were checked, with its fields at hand, and what a rule over it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from redub.media.voices import LocalVoice, voice_for, voices
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.refusal import Refusal
from redub.rehearsal.shapes import Field, mistyped

LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Asking:
    """What a request asks for.

    :ivar payload: the payload, every known field of the documented type
    :ivar speech: its SpeechParam; of tts, whose fields are flat, the payload itself
    """

    payload: Mapping[str, object]
    speech: Mapping[str, object]

    @property
    def video(self) -> Mapping[str, object]:
        """Return VideoParam, or an empty one."""
        return cast(Mapping[str, object], self.payload.get("VideoParam", {}))

    @property
    def is_text(self) -> bool:
        """Say whether a script drives; the InputSsml row has "DriverType is empty or Text"."""
        return self.payload.get("DriverType") in {"", "Text"}

    @property
    def make_type(self) -> str:
        """Return MakeType; left out it is Default."""
        return text(self.video, "MakeType") or "Default"

    @property
    def voice(self) -> LocalVoice | None:
        """Return the voice that TimbreKey names, or None when there is none."""
        return voice_for(text(self.speech, "TimbreKey"))

    @property
    def languages_to_choose(self) -> Sequence[str]:
        """Return the languages of which one must be chosen: those of a listed voice that has several.

        Stand-ins for the service's basic voices are not listed; those voices speak Chinese without being told.
        """
        listed = (one for one in voices() if one.key == text(self.speech, "TimbreKey"))
        voice = next(listed, None)
        return voice.languages if voice and len(voice.languages) > 1 else ()

    @property
    def still_intervals(self) -> Sequence[tuple[float, float]]:
        """Return DisableIntervals; both ends are optional and then those of the clip."""
        intervals = cast(Sequence[Mapping[str, float]], self.video.get("DisableIntervals", []))
        return [(one.get("StartTime", 0.0), one.get("EndTime", float("inf"))) for one in intervals]


def text(fields: Mapping[str, object], name: str) -> str:
    """Return a string field, or "" when it is not there."""
    return cast(str, fields.get(name, ""))


def number(fields: Mapping[str, object], name: str) -> float | None:
    """Return a number field, or None when it is not there."""
    return cast("float | None", fields.get(name))


def check_types(payload: Mapping[str, object], fields: Mapping[str, Field]) -> None:
    """Check the JSON types of the known fields.

    :raises Refusal: PARAMETER, with the first field that has another type
    """
    trouble = mistyped(payload, fields)
    if trouble:
        raise Refusal(InterfaceCode.PARAMETER, trouble)


def page_of(payload: Mapping[str, object]) -> tuple[int, int]:
    """Return the place of the first item and the number of items of PageIndex (from 1) and PageSize (to 100).

    :raises Refusal: one is missing or out of its range
    """
    index, size = number(payload, "PageIndex"), number(payload, "PageSize")
    if index is None or size is None:
        raise Refusal(InterfaceCode.PARAMETER, "PageIndex or PageSize is missing")
    if index < 1 or not 1 <= size <= LARGEST_PAGE:
        raise Refusal(InterfaceCode.VALUE, "PageIndex begins at 1, PageSize is 1 to 100")
    return int((index - 1) * size), int(size)


Finding = Callable[[Asking], str]
"""Says what is wrong, or ""."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented rule: the field, the page's sentence, the code of its refusal, and how it is checked."""

    field: str
    sentence: str
    code: InterfaceCode
    finding: Finding

    def check(self, asking: Asking) -> None:
        """Check one request.

        :raises Refusal: it breaks this rule
        """
        trouble = self.finding(asking)
        if trouble:
            raise Refusal(self.code, f"{self.field} {trouble}")


class Page(list[Rule]):
    """The rules of one page, in its order; its methods are decorators that add a function as a rule."""

    def missing(self, field: str) -> Callable[[Finding], Finding]:
        """Add a rule that is answered as a bad parameter; the docstring is the page's sentence."""
        return self._adding(field, InterfaceCode.PARAMETER)

    def value(self, field: str) -> Callable[[Finding], Finding]:
        """Add a rule that is answered as a wrong value."""
        return self._adding(field, InterfaceCode.VALUE)

    def resource(self, field: str) -> Callable[[Finding], Finding]:
        """Add a rule that is answered as a resource that does not exist."""
        return self._adding(field, InterfaceCode.NO_RESOURCE)

    def _adding(self, field: str, code: InterfaceCode) -> Callable[[Finding], Finding]:
        def add(finding: Finding) -> Finding:
            self.append(Rule(field, (finding.__doc__ or "").strip(), code, finding))
            return finding

        return add
