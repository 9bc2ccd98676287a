"""The person's own teeth, where the reference shows them: learnt from the picture with the widest open mouth."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from redub.media.faces.wire import LOWER_INNER, UPPER_INNER
from redub.media.frames import frames_for
from redub.rehearsal.lips.inside import UNSEEN_TEETH, Teeth, skin_colour
from redub.rehearsal.lips.tracking import FaceTrack, rows
from redub.rehearsal.mark import writable_plane

_OPEN = 0.045
_BRIGHT = 0.6
_UPPER, _LOWER = rows(UPPER_INNER[2:9]), rows(LOWER_INNER[2:9])


def own_teeth(reference: Path, track: FaceTrack) -> Teeth:
    """Return what the teeth of the tracked person look like; ordinary ones where none are seen.

    :raises UserError: the reference cannot be decoded
    """
    openings = track.openings()
    widest = int(np.argmax(openings))
    if openings[widest] < _OPEN:
        return UNSEEN_TEETH
    held = track.held(widest)
    picture = next(frames_for(reference, [float(track.times[widest])]))
    places = held.in_picture(held.own)
    down = np.linspace(0.12, 0.6, 8)[:, None, None]
    spots = (places[_UPPER] + (places[_LOWER] - places[_UPPER]) * down).reshape(-1, 2)
    spots = np.clip(np.rint(spots), 0, (picture.width - 1, picture.height - 1)).astype(int)
    light, blue, red = (
        writable_plane(picture, number)[spots[:, 1] // (1 + (number > 0)), spots[:, 0] // (1 + (number > 0))]
        for number in range(3)
    )
    bright = light >= np.quantile(light, 0.8)
    part = float(light[bright].mean()) / max(1.0, skin_colour(picture, places)[0])
    if part < _BRIGHT:
        return UNSEEN_TEETH
    return Teeth(min(1.25, part), float(blue[bright].mean()), float(red[bright].mean()))
