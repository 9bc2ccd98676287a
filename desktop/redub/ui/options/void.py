"""Which options have no effect in the chosen mode, with the sentence that says why: no Qt."""

from __future__ import annotations

from redub.core.shot import MakeType, Selection, Take
from redub.i18n import _

START, END = "VideoParam.StartTime", "VideoParam.EndTime"
LOOP, PHOTO = "VideoLoop", "VideoParam.RefPhotoUrl"


def void_options(selection: Selection, take: Take | None) -> dict[str, str]:
    """Return the API page's field -> why it has no effect here; a field that counts is not in it."""
    reasons = dict(_void_times(selection.make_type))
    if selection.make_type in {MakeType.CIRCLE, MakeType.CUSTOM_ONLY_START}:
        reasons[LOOP] = _("No effect here, because this way of using the clip always goes there and back.")
    if take is not None and not take.options.track_face:
        reasons[PHOTO] = _("No effect here, because faces are not told apart: every face found is driven.")
    return reasons


def _void_times(make_type: MakeType) -> list[tuple[str, str]]:
    if make_type is MakeType.DEFAULT:
        why = _("No effect here, because the whole clip is used.")
        return [(START, why), (END, why)]
    if make_type is MakeType.CUSTOM:
        return []
    return [(END, _("No effect here, because the clip is used up to its end."))]
