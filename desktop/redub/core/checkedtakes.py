"""What is known of each of many takes before they are sent, and what is so for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redub.core.findings import Finding, Level, Remedy
from redub.core.shot import Take


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTake:
    """What is known of a take before it is sent.

    :ivar seconds: length of the result, None when it cannot be said
    :ivar is_guess: the length is estimated
    """

    take: Take
    findings: tuple[Finding, ...] = ()
    seconds: float | None = None
    is_guess: bool = True

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """Return what the service would refuse; what is converted on the way does not count."""
        errors = (one for one in self.findings if one.level is Level.ERROR)
        return tuple(one for one in errors if one.remedy is not Remedy.CONVERT)


def said_of_all(checked: Sequence[CheckedTake]) -> tuple[Finding, ...]:
    """Return the findings that every one of several takes has: they are about the clip, and said once."""
    if len(checked) < 2:
        return ()
    others = [{_matter(finding) for finding in one.findings} for one in checked[1:]]
    return tuple(one for one in checked[0].findings if all(_matter(one) in found for found in others))


def without(one: CheckedTake, said: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a take that were not `said` of all: first what stands in the way, then as they matter."""
    matters = {_matter(finding) for finding in said}
    own = [finding for finding in one.findings if _matter(finding) not in matters]
    levels = list(Level)
    return tuple(sorted(own, key=lambda each: (each not in one.in_the_way, levels.index(each.level))))


def _matter(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.field, finding.message
