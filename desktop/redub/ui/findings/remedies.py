"""What one click does about a finding: a word for the button, and the edit where it is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from redub.core import edits
from redub.core.findings import Finding, Remedy
from redub.core.history import Edit
from redub.core.limits import limits_for
from redub.core.shot import Shot
from redub.i18n import _


def remedy_word(remedy: Remedy) -> str:
    """Return the word on the button of `remedy`; "" where there is none."""
    return {
        Remedy.NONE: "",
        Remedy.CONVERT: _("Convert"),
        Remedy.ORDER_STILLS: _("Put in order"),
        Remedy.CLEAR_VOID: _("Clear"),
        Remedy.WHOLE_CLIP: _("Use the whole clip"),
        Remedy.CHOOSE_CLIP: _("Choose a clip…"),
        Remedy.RELINK: _("Relink…"),
        Remedy.CHOOSE_RECORDING: _("Choose a recording…"),
        Remedy.CHOOSE_VOICE: _("Choose a voice"),
        Remedy.WRITE_SCRIPT: _("Write"),
        Remedy.CLAMP_SPEED: _("Set it right"),
    }[remedy]


def remedy_edit(finding: Finding, take_id: str) -> Edit | None:
    """Return the edit that resolves `finding`; None when its remedy is a job or a place to go to."""
    changes: dict[Remedy, Callable[[Shot], Shot]] = {
        Remedy.ORDER_STILLS: edits.order_stills,
        Remedy.CLEAR_VOID: edits.clear_void,
        Remedy.WHOLE_CLIP: edits.use_whole_clip,
        Remedy.CLAMP_SPEED: lambda shot: clamp_speed(shot, finding.take_id or take_id),
    }
    change = changes.get(finding.remedy)
    return None if change is None else Edit(remedy_word(finding.remedy), change)


def clamp_speed(shot: Shot, take_id: str) -> Shot:
    """Return the shot with the take's speed at the nearest value that is accepted."""
    limit = limits_for("international")["speech.speed"]
    speech = shot.take(take_id).speech
    low, high = limit.low or speech.speed, limit.high or speech.speed
    return edits.set_speech(shot, take_id, replace(speech, speed=min(high, max(low, speech.speed))))
