"""What one click does about a finding: the shot without the fault, where an edit can do it.

To add one: 1. name it in `redub.core.findings.Remedy`; 2. write its function here, shot first, and put it into
`_MENDERS`; 3. give it a word in `redub.ui.findings.remedies`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from redub.core import edits
from redub.core.findings import Finding, Remedy
from redub.core.limits import limits_for
from redub.core.outputplan import segment
from redub.core.shot import Shot, StillInterval, VideoLoop
from redub.core.ssml.cutting import split_script

_LIMITS = limits_for("international").rows
_A_LITTLE_LONGER = 0.2
_SPEECH = {"Speed": "speed", "Volume": "volume", "EmotionIntensity": "emotion_intensity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What mending stands on.

    :ivar take_id: the take that is worked on; a finding that names another goes before it
    :ivar duration: seconds of the reference, None while unknown
    :ivar new_id: makes the id of a new take
    """

    take_id: str = ""
    duration: float | None = None
    new_id: Callable[[], str] = field(default=str)


def can_mend(remedy: Remedy) -> bool:
    """Say whether `remedy` is an edit of the shot."""
    return remedy in _MENDERS


def mended(shot: Shot, finding: Finding, ground: Ground) -> Shot:
    """Return the shot after one click on `finding`; the same shot when nothing can be done by an edit."""
    mender = _MENDERS.get(finding.remedy)
    here = replace(ground, take_id=finding.take_id or ground.take_id)
    return shot if mender is None else mender(shot, finding, here)


def _trim_segment(shot: Shot, finding: Finding, ground: Ground) -> Shot:
    """End the segment where the clip ends, or, of a clip that is too long, use as much as is recommended."""
    if ground.duration is None:
        return shot
    start, end = segment(ground.duration, shot.selection)
    if finding.code != "segment.outside":
        end = min(end, start + float(_LIMITS["reference.recommended"].high or end))
        shot = edits.send_only_part(shot, None)
    return edits.pick_segment(shot, start, min(end, ground.duration))


def _lengthen(shot: Shot, _finding: Finding, ground: Ground) -> Shot:
    """Make the segment just longer than it must be: at its end, else at its start."""
    if ground.duration is None:
        return shot
    start, end = segment(ground.duration, shot.selection)
    needed = float(_LIMITS["segment.length"].low or 0) + _A_LITTLE_LONGER
    end = min(ground.duration, max(end, start + needed))
    return edits.pick_segment(shot, max(0.0, min(start, end - needed)), end)


def _join_stills(shot: Shot, _finding: Finding, _ground: Ground) -> Shot:
    """Join the two still intervals that lie nearest, until there are few enough."""
    stills = sorted(edits.order_stills(shot).still_intervals)
    while len(stills) > int(_LIMITS["stills.count"].high or 0):
        gaps = [after.start - before.end for before, after in pairwise(stills)]
        place = gaps.index(min(gaps))
        stills[place : place + 2] = [StillInterval(stills[place].start, stills[place + 1].end)]
    return edits.set_stills(shot, tuple(stills))


def _trim_stills(shot: Shot, _finding: Finding, ground: Ground) -> Shot:
    """Leave out what has no length or no effect, and end the rest where the clip ends."""
    low, high = segment(ground.duration, shot.selection) if ground.duration else (0.0, float("inf"))
    kept = (
        StillInterval(max(0.0, still.start), min(still.end, ground.duration or still.end))
        for still in shot.still_intervals
    )
    useful = (still for still in kept if still.end > still.start and still.end > low and still.start < high)
    return edits.set_stills(shot, tuple(useful))


def _split_script(shot: Shot, _finding: Finding, ground: Ground) -> Shot:
    """Put the script into as many takes as it needs, split where sentences end."""
    take, limit = shot.take(ground.take_id), _LIMITS["script.length"]
    pieces = split_script(take.script, int(limit.high or 0), int(limit.low or 1))
    new_ids = tuple(ground.new_id() for _piece in pieces[1:])
    return edits.split_take(shot, take.id, pieces, new_ids, "{name} ({n} of {total})")


def _complete_address(shot: Shot, _finding: Finding, ground: Ground) -> Shot:
    options = shot.take(ground.take_id).options
    address = f"https://{(options.callback_url or '').removeprefix('//')}"
    return edits.set_options(shot, ground.take_id, replace(options, callback_url=address))


def _clamp(shot: Shot, finding: Finding, ground: Ground) -> Shot:
    """Set a number of the voice to the nearest one that is accepted."""
    limit = _LIMITS[finding.code.rpartition(".")[0]]
    name = _SPEECH[limit.field.rpartition(".")[2]]
    speech = shot.take(ground.take_id).speech
    number: float = getattr(speech, name)
    held = min(limit.high or number, max(limit.low or 0, number))
    changed: dict[str, Any] = {name: held if name == "speed" else int(held)}
    return edits.set_speech(shot, ground.take_id, replace(speech, **changed))


def _clear_void(shot: Shot, finding: Finding, ground: Ground) -> Shot:
    """Forget what has no effect in the chosen mode."""
    if finding.code.startswith("segment."):
        return edits.clear_void(shot)
    take = shot.take(ground.take_id)
    speech, options = take.speech, take.options
    changes: Mapping[str, Callable[[], Shot]] = {
        "loop.void": lambda: edits.set_options(shot, take.id, replace(options, loop=VideoLoop.REVERSE)),
        "photo.void": lambda: edits.set_options(shot, take.id, replace(options, ref_photo=None)),
        "voice.volume.void": lambda: edits.set_speech(shot, take.id, replace(speech, volume=None)),
        "voice.intensity.void": lambda: edits.set_speech(
            shot, take.id, replace(speech, emotion_intensity=None)
        ),
        "voice.emotion": lambda: edits.set_speech(shot, take.id, replace(speech, emotion=None)),
    }
    change = changes.get(finding.code)
    return shot if change is None else change()


_MENDERS: Mapping[Remedy, Callable[[Shot, Finding, Ground], Shot]] = {
    Remedy.ONLY_PART: lambda shot, _finding, _ground: edits.send_only_part(shot, True),
    Remedy.SEND_WHOLE: lambda shot, _finding, _ground: edits.send_only_part(shot, False),
    Remedy.TRIM_SEGMENT: _trim_segment,
    Remedy.LONGER_SEGMENT: _lengthen,
    Remedy.WHOLE_CLIP: lambda shot, _finding, _ground: edits.use_whole_clip(shot),
    Remedy.ORDER_STILLS: lambda shot, _finding, _ground: edits.order_stills(shot),
    Remedy.JOIN_STILLS: _join_stills,
    Remedy.TRIM_STILLS: _trim_stills,
    Remedy.SPLIT_SCRIPT: _split_script,
    Remedy.COMPLETE_ADDRESS: _complete_address,
    Remedy.CLAMP: _clamp,
    Remedy.CLEAR_VOID: _clear_void,
}
