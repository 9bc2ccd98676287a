"""Which options have no effect in the chosen mode, with the rule of the service that says so: no Qt."""

from __future__ import annotations

from redub.core.checks.selection import VOID_END, VOID_START
from redub.core.limits import limits_for
from redub.core.shot import MakeType, Selection, Take
from redub.i18n import _

START, END = "VideoParam.StartTime", "VideoParam.EndTime"
LOOP, PHOTO = "VideoLoop", "VideoParam.RefPhotoUrl"
_RULES = limits_for("international").rows


def void_options(selection: Selection, take: Take | None) -> dict[str, str]:
    """Return the API page's field -> why it has no effect here; a field that counts is not in it."""
    reasons = {field: _reason(rule) for field, rule in _void_times(selection.make_type)}
    if selection.make_type in {MakeType.CIRCLE, MakeType.CUSTOM_ONLY_START}:
        reasons[LOOP] = _reason(_RULES["loop.void"].rule)
    if take is not None and not take.options.track_face:
        reasons[PHOTO] = _reason(_RULES["photo.void"].rule)
    return reasons


def _void_times(make_type: MakeType) -> list[tuple[str, str]]:
    if make_type is MakeType.CUSTOM:
        return []
    start = [(START, VOID_START)] if make_type is MakeType.DEFAULT else []
    return [*start, (END, VOID_END[make_type])]


def _reason(rule: str) -> str:
    return _("No effect here. {rule}").format(rule=_(rule))
