"""The situation that commands are judged in, as one value; and the judgements that several commands share."""

from __future__ import annotations

from dataclasses import dataclass, field

from redub.core.findings import Finding, Level
from redub.core.shot import DriverType, Shot
from redub.i18n import _, ngettext
from redub.services.editing import ShotView


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is so right now.

    :ivar site: name of the chosen service
    :ivar theme: the chosen theme, "system", "light" or "dark"
    :ivar cursor: where the playhead stands, seconds of the reference
    :ivar sending: the current take is being prepared or sent
    :ivar converting: the reference is being converted
    :ivar has_result: something was made that can be looked at
    """

    view: ShotView = field(default_factory=lambda: ShotView(shot=Shot()))
    site: str = "rehearsal"
    theme: str = "system"
    cursor: float = 0.0
    sending: bool = False
    converting: bool = False
    full_screen: bool = False
    has_result: bool = False

    @property
    def is_rehearsal(self) -> bool:
        """Say whether nothing is paid: the chosen service is the one on this machine."""
        return self.site == "rehearsal"


def needs_clip(situation: Situation) -> str:
    """Say that a clip must be open and readable."""
    if situation.view.shot.reference is None:
        return _("Open a clip first.")
    if situation.view.facts is None:
        return situation.view.trouble or _("The clip is still being looked at.")
    return ""


def needs_plan(situation: Situation) -> str:
    """Say that a clip must be open, and something to say."""
    missing = needs_clip(situation)
    if missing or situation.view.plan is not None:
        return missing
    return _("There is a prediction as soon as the take has something to say.")


def needs_take(situation: Situation) -> str:
    """Say that a take must be there."""
    return "" if situation.view.take is not None else _("Add a take first.")


def needs_result(situation: Situation) -> str:
    """Say that something must have been made."""
    return "" if situation.has_result else _("Make or rehearse a take first: there is no result yet.")


def needs_rehearsal(situation: Situation) -> str:
    """Say that only the service on this machine does as it is told."""
    return "" if situation.is_rehearsal else _("Choose the rehearsal service first: only it can simulate.")


def needs_script(situation: Situation) -> str:
    """Say that the take must be spoken from a script."""
    take = situation.view.take
    if take is None:
        return _("Add a take first.")
    spoken = take.driver is DriverType.TEXT
    return (
        "" if spoken else _("This take is driven by a recording; choose “script” under Voice to write one.")
    )


def needs_two_takes(situation: Situation) -> str:
    """Say that there must be another take to go to."""
    return "" if len(situation.view.shot.takes) > 1 else _("There is only one take.")


def needs_still_here(situation: Situation) -> str:
    """Say that the playhead must stand in a still interval."""
    inside = any(
        still.start <= situation.cursor <= still.end for still in situation.view.shot.still_intervals
    )
    return "" if inside else _("Put the playhead into a still interval first.")


def can_make(situation: Situation) -> str:
    """Say why the current take cannot be made, "" when it can."""
    reason = needs_clip(situation) if situation.view.shot.reference is None else needs_take(situation)
    if reason:
        return reason
    if situation.sending:
        return _("This take is being sent already.")
    return _blocked([finding for finding in situation.view.findings if finding.level is Level.ERROR])


def _blocked(errors: list[Finding]) -> str:
    """Say what the service would refuse; what the program repairs on the way does not count."""
    in_the_way = [finding for finding in errors if finding.remedy.value != "convert"]
    if not in_the_way:
        return ""
    if len(in_the_way) == 1:
        return in_the_way[0].message
    rest = ngettext("and {n} more finding", "and {n} more findings", len(in_the_way) - 1)
    return f"{in_the_way[0].message} ({rest.format(n=len(in_the_way) - 1)})"
