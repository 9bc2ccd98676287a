"""What is known of the faces in the open clip, and what a creator does with it: still intervals, a segment, a photo.

Looking takes seconds and happens in a thread of whoever asks (`FaceBook.read`); everything else is quick.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from redub.core import edits
from redub.core.clip import ClipFacts
from redub.core.errors import RedubError
from redub.core.faces import Look, Person, default_person, most_alike, persons
from redub.core.facestretches import Stretch, blocked, stretches, suggest_segment, suggest_stills
from redub.core.findings import Finding, Level
from redub.core.history import Edit
from redub.core.outputplan import segment
from redub.core.shot import Options, Shot, Source, Take
from redub.i18n import _
from redub.media.faces.photo import photo_of
from redub.media.faces.watching import photo_face
from redub.paths import ensure
from redub.services.clipstrips import ClipStrips
from redub.services.editing import ShotView
from redub.store.files import write_atomically

log = logging.getLogger(__name__)

_TELL_EVERY = 5
_MOST = 5
_TOLD = 0.3
"""Seconds beyond the limits from which on the creator is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFaces:
    """The faces of one clip.

    :ivar key: the clip's content, as in `ClipFacts.content_key`
    :ivar looks: in the order of time, as far as was looked
    :ivar driven: number of the person whose lips move; None for the largest of each picture, or nobody
    :ivar complete: the whole clip was looked at
    """

    key: str = ""
    duration: float = 0.0
    looks: tuple[Look, ...] = ()
    driven: int | None = None
    complete: bool = False

    @property
    def persons(self) -> tuple[Person, ...]:
        """Return everybody in the clip."""
        return persons(self.looks)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Return what is wrong when."""
        end = self.duration if self.complete or not self.looks else self.looks[-1].time
        return stretches(self.looks, self.driven, end)


class FaceBook:
    """Remembers the faces of the clips that were looked at."""

    def __init__(self, strips: ClipStrips) -> None:
        """Keep looks on disk with the other strips."""
        self._strips = strips
        self._photos: dict[tuple[str, float], tuple[float, ...]] = {}
        self._known: dict[str, ClipFaces] = {}

    def known(self, facts: ClipFacts | None) -> ClipFaces | None:
        """Return what is known of a clip, None before it was looked at to its end."""
        return self._known.get(facts.content_key) if facts is not None else None

    def read(
        self, facts: ClipFacts, options: Options | None, stopped: Callable[[], bool]
    ) -> Iterator[ClipFaces]:
        """Yield the faces of a clip, more and more of them, and at last all; blocking.

        :raises RedubError: they cannot be looked for, or the clip cannot be read
        """
        seen: dict[float, Look] = {}
        so_far = ClipFaces(key=facts.content_key, duration=facts.duration)
        for number, look in enumerate(self._strips.faces(facts, stopped)):
            seen[look.time] = look
            if number % _TELL_EVERY == 0:
                yield self._chosen(replace(so_far, looks=tuple(seen.values())), None)
        if stopped():
            return
        whole = replace(so_far, looks=tuple(sorted(seen.values(), key=lambda look: look.time)), complete=True)
        yield self.choose(whole, options)

    def choose(self, faces: ClipFaces, options: Options | None) -> ClipFaces:
        """Return `faces` with whom the service drives under `options`, and remember that; blocking with a photo."""
        chosen = self._chosen(faces, options)
        if chosen.complete:
            self._known[chosen.key] = chosen
        return chosen

    def completing(self, derive: Callable[[ShotView], ShotView]) -> Callable[[ShotView], ShotView]:
        """Return `derive` with the findings that the faces give, as far as they are known."""

        def complete(view: ShotView) -> ShotView:
            derived = derive(view)
            found = face_findings(self.known(derived.facts), derived.shot, derived.take)
            errors = [one for one in derived.findings if one.level is Level.ERROR]
            rest = [one for one in derived.findings if one.level is not Level.ERROR]
            return replace(derived, findings=(*errors, *found, *rest))

        return complete

    def _chosen(self, faces: ClipFaces, options: Options | None) -> ClipFaces:
        if options is not None and not options.track_face:
            return replace(faces, driven=None)
        photo = options.ref_photo if options is not None else None
        look = self._look_of(photo) if photo is not None else ()
        if not look:
            return replace(faces, driven=default_person(faces.looks))
        return replace(faces, driven=most_alike(faces.looks, look))

    def _look_of(self, photo: Source) -> tuple[float, ...]:
        """Return what the face of a photo on this machine looks like; () when there is none."""
        try:
            path = Path(photo.path or "")
            key = (str(path), path.stat().st_mtime)
            if key not in self._photos:
                face = photo_face(path)
                self._photos[key] = face.look if face else ()
            return self._photos[key]
        except (OSError, RedubError) as exc:
            log.info("no face is taken from the photo: %s", exc)
            return ()


def still_edit(faces: ClipFaces, shot: Shot) -> Edit | None:
    """Return the edit that marks still what cannot be driven in the segment, None when all of it can.

    Intervals that are there already stay as long as all fit into five.
    """
    start, end = segment(faces.duration, shot.selection)
    found = suggest_stills(faces.stretches, start, end)
    if not found:
        return None

    def change(before: Shot) -> Shot:
        with_own = before
        for still in found:
            with_own = edits.add_still(with_own, still.start, still.end)
        return with_own if len(with_own.still_intervals) <= _MOST else edits.set_stills(before, found)

    return Edit(_("Mark still where lips cannot be driven"), change)


def segment_edit(faces: ClipFaces) -> Edit | None:
    """Return the edit that picks the best part of the clip, None when there is none."""
    best = suggest_segment(faces.stretches, faces.duration)
    if best is None:
        return None
    start, end = best
    return Edit(
        _("Use the part in which the face can be driven"), lambda s: edits.pick_segment(s, start, end)
    )


def photo_edit(take_id: str, photo: Source | None) -> Edit:
    """Return the edit that lets a take drive the face in `photo`; without one, whom the service chooses."""

    def change(shot: Shot) -> Shot:
        options = shot.take(take_id).options
        return edits.set_options(shot, take_id, replace(options, ref_photo=photo, track_face=True))

    said = _("Use this person") if photo is not None else _("Let the service choose the person")
    return Edit(said, change)


def write_photo(facts: ClipFacts, person: Person, folder: Path) -> Path:
    """Write the photo of a person's face (RefPhotoUrl) into `folder` and return where it lies; blocking.

    :raises RedubError: the clip cannot be decoded, or the photo cannot be written
    """
    name = f"{Path(facts.path).stem}-{_('person')}-{person.number + 1}.jpg"
    target = ensure(folder) / name
    write_atomically(target, photo_of(facts.path, person))
    return target


def photo_folder(shot_path: Path | None, cache: Path) -> Path:
    """Return where photos of a shot lie: beside it, or in the cache while it was never saved."""
    return shot_path.parent if shot_path is not None else cache / "photos"


def face_findings(faces: ClipFaces | None, shot: Shot, take: Take | None) -> tuple[Finding, ...]:
    """Return what the faces of the segment give to say: stretches in which the lips cannot be driven."""
    if faces is None or take is None:
        return ()
    start, end = segment(faces.duration, shot.selection)
    left = [part for one in blocked(faces.stretches, start, end) for part in _without_stills(one, shot)]
    seconds = sum(low_high[1] - low_high[0] for low_high in left)
    if seconds < _TOLD:
        return ()
    if all(not look.faces for look in faces.looks):
        message = _("No face was found in the clip. The service needs a real person who faces the camera.")
        return (_finding("faces.none", message, _("Use a clip in which the face is seen from the front.")),)
    message = _(
        "In {seconds} s of the segment the lips cannot be driven well: the face is turned by more than 45 degrees, "
        "raised or lowered by more than 15, covered, cut, or not there."
    ).format(seconds=f"{seconds:.1f}")
    return (_finding("faces.beyond", message, _("Mark them still, or use a better part (menu Mark).")),)


def _without_stills(one: Stretch, shot: Shot) -> Iterator[tuple[float, float]]:
    """Yield the parts of a stretch that no still interval covers."""
    at = one.start
    for still in sorted(shot.still_intervals):
        if still.end <= at or still.start >= one.end:
            continue
        if still.start > at:
            yield at, still.start
        at = max(at, still.end)
    if at < one.end:
        yield at, one.end


def _finding(code: str, message: str, fix: str) -> Finding:
    return Finding(level=Level.WARNING, code=code, field="RefVideoUrl", message=message, fix=fix)
