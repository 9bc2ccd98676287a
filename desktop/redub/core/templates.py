"""Templates: what is kept of a shot to begin others with, and a new shot made of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redub.core.shot import Shot, Source


def as_template(shot: Shot) -> Shot:
    """Return what of `shot` fits any clip: the takes with their scripts, recordings, voices and options.

    Clip, segment and still intervals belong to the one clip; letters and photos to the person who is seen in it.
    """
    takes = tuple(replace(take, options=replace(take.options, ref_photo=None)) for take in shot.takes)
    return Shot(takes=takes)


def from_template(template: Shot, clip: Source, take_ids: Sequence[str]) -> Shot:
    """Return a new shot over `clip`; every take gets an id of its own, as tasks know their takes by it.

    :param take_ids: as many as the template has takes
    """
    takes = tuple(replace(take, id=new_id) for take, new_id in zip(template.takes, take_ids, strict=True))
    return replace(template, reference=clip, takes=takes)
