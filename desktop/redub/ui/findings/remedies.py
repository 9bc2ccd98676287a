"""What one click does about a finding: a word for the button, and the edit where it is one."""

from __future__ import annotations

import uuid
from functools import partial

from redub.core.findings import Finding, Remedy
from redub.core.history import Edit
from redub.core.mending import Ground, can_mend, mended
from redub.i18n import _


def remedy_word(remedy: Remedy) -> str:
    """Return the word on the button of `remedy`; "" where there is none."""
    return {
        Remedy.NONE: "",
        Remedy.CONVERT: _("Convert"),
        Remedy.ONLY_PART: _("Send only this part"),
        Remedy.SEND_WHOLE: _("Send the whole clip"),
        Remedy.TRIM_SEGMENT: _("Trim"),
        Remedy.LONGER_SEGMENT: _("Make it longer"),
        Remedy.ORDER_STILLS: _("Put in order"),
        Remedy.JOIN_STILLS: _("Join the nearest"),
        Remedy.TRIM_STILLS: _("Remove what has no effect"),
        Remedy.SPLIT_SCRIPT: _("Split into takes"),
        Remedy.SCALE_PHOTO: _("Use a fitting copy"),
        Remedy.COMPLETE_ADDRESS: _("Complete"),
        Remedy.CHOOSE_LANGUAGE: _("Choose a language"),
        Remedy.CHOOSE_PHOTO: _("Choose a photo…"),
        Remedy.CHOOSE_LETTER: _("Choose a letter…"),
        Remedy.CHOOSE_LETTER_VIDEO: _("Choose a video…"),
        Remedy.CLEAR_VOID: _("Clear"),
        Remedy.WHOLE_CLIP: _("Use the whole clip"),
        Remedy.CHOOSE_CLIP: _("Choose a clip…"),
        Remedy.RELINK: _("Relink…"),
        Remedy.CHOOSE_RECORDING: _("Choose a recording…"),
        Remedy.LEGAL_RECORDING: _("Use a fitting copy"),
        Remedy.CHOOSE_VOICE: _("Choose a voice"),
        Remedy.WRITE_SCRIPT: _("Write"),
        Remedy.CLAMP: _("Set it right"),
    }[remedy]


def remedy_edit(finding: Finding, take_id: str, duration: float | None = None) -> Edit | None:
    """Return the edit that resolves `finding`; None when its remedy is a job or a place to go to.

    :param duration: seconds of the reference, None while unknown
    """
    if not can_mend(finding.remedy):
        return None
    ground = Ground(take_id=take_id, duration=duration, new_id=_new_id)
    return Edit(remedy_word(finding.remedy), partial(mended, finding=finding, ground=ground))


def _new_id() -> str:
    return uuid.uuid4().hex
