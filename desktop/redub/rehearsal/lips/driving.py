"""The lips of one result: which pictures are driven, whose mouth, how strongly, and the drawing of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from redub.core.errors import RedubError
from redub.core.faces import Face, Look, Trouble, default_person, driven_face, most_alike
from redub.core.outputplan import OutputPlan
from redub.media.faces import parts
from redub.media.faces.watching import LIPS_PER_SECOND, photo_face, watch
from redub.media.faces.wire import OVAL, Answer, Covered, Points, Request, Task
from redub.rehearsal.lips.inside import NEW_TEETH, MouthInside
from redub.rehearsal.lips.mouthing import Mouthing
from redub.rehearsal.lips.shaping import MOVED, shaped
from redub.rehearsal.lips.teeth import own_teeth
from redub.rehearsal.lips.tracking import FaceTrack, Places, rows
from redub.rehearsal.lips.warping import Warp, region_of
from redub.rehearsal.picture import Moment, moments
from redub.rehearsal.refusal import Stopped

logger = logging.getLogger(__name__)

_RAMP = 0.2
"""Seconds over which the lips come from where they were filmed, and go back."""
_BRIDGED = 1.6
"""A face is followed between two looks that are no further apart than so many usual steps."""
_OUTLINE = rows(OVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a request says about the face.

    :ivar photo: RefPhotoUrl, fetched; the face in it is driven
    :ivar follow: not DisableIdDetect: the same person throughout; without it the largest face of each picture
    :ivar avoid_covered: not DisableOcclusionDetect: a mouth with something before it is left alone
    :ivar new_teeth: EnableFakeTeeth
    """

    photo: Path | None = None
    follow: bool = True
    avoid_covered: bool = True
    new_teeth: bool = False


@dataclass(frozen=True, slots=True)
class _Sight:
    """One look at the clip with the landmarks of its faces, in the order of the faces."""

    look: Look
    points: tuple[Points, ...]
    size: tuple[int, int]


class Lips:
    """Moves the lips of one result; a `redub.rehearsal.render.Retouch`."""

    def __init__(
        self,
        track: FaceTrack,
        mouthing: Mouthing,
        plan: OutputPlan,
        inside: MouthInside,
        scale: tuple[float, float],
    ) -> None:
        """Drive `track` by `mouthing`; `scale` brings pixels of the reference to those of the result."""
        self._track, self._mouthing, self._inside = track, mouthing, inside
        self._fps, self._scale = plan.fps, np.array(scale, np.float32)
        self.strengths = _strengths(plan, track)

    def __call__(self, picture: av.VideoFrame, moment: Moment) -> None:
        """Move the lips in `picture`, which is to be shown at `moment`; undriven ones are not touched."""
        strength = float(self.strengths[moment.number])
        held = self._track.at(picture.time or 0.0) if strength > 0 and not moment.span.still else None
        if held is None:
            return
        posture = self._mouthing.at(moment.number / self._fps)
        now = held.in_picture(held.own) * self._scale
        then = held.in_picture(shaped(self._track.rest, posture)) * self._scale
        then = now + (then - now) * strength
        self._draw(picture, now, then, held.scale * float(self._scale[0]), strength)

    def _draw(self, picture: av.VideoFrame, now: Places, then: Places, unit: float, strength: float) -> None:
        lips = np.concatenate([now[MOVED], then[MOVED]])
        region = region_of(now[_OUTLINE], lips, picture.width, picture.height)
        if region is None:
            return
        warp = Warp(now, then, region)
        warp.apply(picture)
        self._inside.draw(picture, region, warp.opening(), now, unit, strength)


def lips_for(
    reference: Path,
    plan: OutputPlan,
    mouthing: Callable[[], Mouthing],
    wish: Wish,
    *,
    report: Callable[[float], None] = lambda part: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Lips | None:
    """Look for the face to drive; None when nobody can be driven, with the reason in the log.

    :param mouthing: works out how the mouth moves, when somebody can be driven
    :raises Stopped: `cancelled` said so
    :raises RedubError: the reference cannot be read
    """
    if parts.missing():
        logger.warning("Lips stay as filmed: the optional part “faces” is not installed.")
        return None
    sights = _sights(reference, plan, report, cancelled)
    if cancelled():
        raise Stopped
    person = _person([sight.look for sight in sights], wish)
    seen = list(_driven(sights, person if wish.follow else None, wish))
    if not seen:
        logger.warning("Lips stay as filmed: no face in the clip can be driven.")
        return None
    step = _BRIDGED * float(np.median(np.diff([sight.look.time for sight in sights]))) if sights[1:] else 0.1
    track = FaceTrack([time for time, _ in seen], [points for _, points in seen], longest_gap=step)
    teeth = NEW_TEETH if wish.new_teeth else own_teeth(reference, track)
    width, height = sights[0].size
    scale = plan.width / width, plan.height / height
    return Lips(track, mouthing(), plan, MouthInside(teeth), scale)


def _sights(
    reference: Path, plan: OutputPlan, report: Callable[[float], None], cancelled: Callable[[], bool]
) -> list[_Sight]:
    edges = [edge for span in plan.spans for edge in (span.ref_start, span.ref_end)]
    start, end = max(0.0, min(edges) - 0.1), max(edges) + 0.1
    request = Request(
        task=Task.LIPS, path=str(reference.absolute()), rate=LIPS_PER_SECOND, start=start, end=end
    )
    sights: dict[float, _Sight] = {}
    for answer in watch(request, cancelled):
        if isinstance(answer, Answer):
            look = Look(answer.time, tuple(one.face for one in answer.seen))
            points = tuple(one.points() for one in answer.seen)
            sights[answer.time] = _Sight(look, points, (answer.width, answer.height))
            report(min(1.0, (answer.time - start) / max(0.1, end - start)))
        else:
            _cover(sights, answer)
    return list(sights.values())


def _cover(sights: dict[float, _Sight], answer: Covered) -> None:
    for time, person in answer.covered:
        sight = sights[time]
        faces = (replace(face, covered=face.covered or face.person == person) for face in sight.look.faces)
        sights[time] = replace(sight, look=Look(time, tuple(faces)))


def _person(looks: list[Look], wish: Wish) -> int | None:
    """Return whom the request means: the face of the photo, else the largest in the first look with a face."""
    face = _face_in(wish.photo) if wish.photo and wish.follow else None
    if face is None:
        return default_person(looks)
    return most_alike(looks, face.look)


def _face_in(photo: Path) -> Face | None:
    try:
        return photo_face(photo)
    except RedubError as error:
        logger.warning("No face is taken from the photo: %s", error)
        return None


def _driven(sights: list[_Sight], person: int | None, wish: Wish) -> Iterator[tuple[float, Points]]:
    """Yield the looks in which the face can be driven, with its landmarks."""
    for sight in sights:
        face = driven_face(sight.look, person)
        if face is None:
            continue
        trouble = face.trouble if wish.avoid_covered else replace(face, covered=False).trouble
        if trouble is None:
            yield sight.look.time, sight.points[sight.look.faces.index(face)]
        elif trouble is Trouble.CUT:
            logger.debug("The mouth is cut by the edge at %.2f s.", sight.look.time)


def _strengths(plan: OutputPlan, track: FaceTrack) -> NDArray[np.float32]:
    """Return for each picture how far its lips are driven: 0 in still intervals and without a face, 1 far from both."""
    driven = np.array([not one.span.still and track.sees(one.reference_time) for one in moments(plan)], bool)
    steps = max(1, round(_RAMP * plan.fps))
    far = np.minimum(_since(~driven), _since(~driven[::-1])[::-1])
    part = np.clip(far / steps, 0, 1)
    strength: NDArray[np.float32] = (part * part * (3 - 2 * part)).astype(np.float32)
    return strength


def _since(marks: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many places ago the last mark was; many where there was none."""
    places = np.arange(len(marks))
    last = np.maximum.accumulate(np.where(marks, places, -len(marks) - 1000))
    since: NDArray[np.int64] = places - last
    return since
