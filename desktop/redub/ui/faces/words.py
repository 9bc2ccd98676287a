"""What was seen of a face, in sentences: for hovering, for screen readers, for the list of persons."""

from __future__ import annotations

from redub.core.faces import Face, Person, Trouble, driven_face, look_at, trouble_of
from redub.core.facestretches import blocked
from redub.i18n import _, ngettext
from redub.services.faces import ClipFaces

_SMALL = 3.0


def at_moment(faces: ClipFaces, seconds: float) -> str:
    """Return what is seen of the driven face at a moment."""
    look = look_at(faces.looks, seconds)
    if look is None:
        return ""
    trouble, face = trouble_of(look, faces.driven), driven_face(look, faces.driven)
    if face is None:
        return (
            _("No face here: the lips stay as filmed.")
            if not look.faces
            else _("The person is not in the picture.")
        )
    said = [trouble_words(trouble)] if trouble is not None else []
    return " ".join([*said, held(face)])


def trouble_words(trouble: Trouble) -> str:
    """Return what is wrong, as a sentence."""
    return {
        Trouble.NO_FACE: _("No face is seen."),
        Trouble.CUT: _("The mouth is cut by the edge of the picture."),
        Trouble.COVERED: _("Something covers the mouth."),
        Trouble.TURNED: _("The face is turned by more than 45 degrees."),
        Trouble.NODDED: _("The face is raised or lowered by more than 15 degrees."),
        Trouble.SECOND_FACE: _("There is a second face."),
    }[trouble]


def held(face: Face) -> str:
    """Return how the head is held."""
    yaw, pitch = face.pose.yaw, face.pose.pitch
    parts: list[str] = []
    if abs(yaw) >= _SMALL:
        way = _("turned {n}° to the right") if yaw > 0 else _("turned {n}° to the left")
        parts.append(way.format(n=round(abs(yaw))))
    if abs(pitch) >= _SMALL:
        way = _("lowered {n}°") if pitch > 0 else _("raised {n}°")
        parts.append(way.format(n=round(abs(pitch))))
    return _("Face {held}.").format(held=", ".join(parts) or _("straight to the camera"))


def summary(faces: ClipFaces) -> str:
    """Return the whole lane in a sentence or two."""
    count = len(faces.persons)
    if not count:
        return _("No face was found in the clip.") if faces.complete else _("Looking for faces…")
    people = ngettext("{n} person in the clip.", "{n} persons in the clip.", count).format(n=count)
    bad = blocked(faces.stretches)
    if not bad:
        return people + " " + _("The face can be driven throughout.")
    parts = ngettext("{n} stretch", "{n} stretches", len(bad)).format(n=len(bad))
    seconds = sum(one.seconds for one in bad)
    said = _("The lips cannot be driven well in {parts}, {seconds} s in all.")
    return people + " " + said.format(parts=parts, seconds=f"{seconds:.1f}")


def person_words(person: Person) -> str:
    """Return how much a person is seen."""
    said = _("Seen in {part} of the clip, first at {first} s.")
    return said.format(part=f"{round(100 * person.share)} %", first=f"{person.first:.1f}")
