"""Faces of a clip as values, and what they mean for the service: who would speak, and where the lips cannot be driven.

The limits are those of the API page (RefVideoUrl, requirements for input video material): the face turned by no more
than 45 degrees, raised or lowered by no more than 15, nothing in front of it. Lengths are parts of the picture, 0 to 1.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

YAW_LIMIT, PITCH_LIMIT = 45.0, 15.0
"""Degrees that the face may be turned and raised (API page)."""
_SAME_PLACE = 0.9
"""A face moves by less than this many of its own widths from one look to the next."""
_SAME_SIZE = 2.0
_GONE_AFTER = 1.0
"""Seconds after which place and size say nothing any more."""
_ALIKE = 0.62
"""So much do two looks at one person have in common at least (-1 to 1)."""


class Trouble(StrEnum):
    """Why the lips cannot be driven well, the worst first."""

    NO_FACE = "no_face"
    CUT = "cut"
    COVERED = "covered"
    TURNED = "turned"
    NODDED = "nodded"
    SECOND_FACE = "second_face"


STOPS_LIPS = frozenset(Trouble) - {Trouble.SECOND_FACE}
"""With one of these the lips are not driven; a second face only makes it matter who is meant."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How the head is held, in degrees.

    :ivar yaw: turned to the right of the picture; negative to the left
    :ivar pitch: lowered; negative raised
    :ivar roll: leaned clockwise
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0

    @property
    def within_limits(self) -> bool:
        """Say whether the service can drive the lips of a head held like this."""
        return abs(self.yaw) <= YAW_LIMIT and abs(self.pitch) <= PITCH_LIMIT


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture, as parts of its width and height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Return its part of the whole picture."""
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        """Return its middle, across and down."""
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def is_cut(self) -> bool:
        """Say whether it reaches over the edge of the picture."""
        return self.left < 0 or self.top < 0 or self.left + self.width > 1 or self.top + self.height > 1

    def grown(self, by: float) -> Box:
        """Return it larger by `by` of its own size on each side."""
        wider, higher = self.width * by, self.height * by
        return Box(self.left - wider, self.top - higher, self.width + 2 * wider, self.height + 2 * higher)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face in one picture.

    :ivar person: number of the person in this clip, from 0 in the order of appearance
    :ivar covered: something is in front of the mouth
    :ivar look: what the face looks like, small and without a direction of light; for recognising it
    """

    box: Box
    mouth: Box
    pose: Pose
    person: int = 0
    covered: bool = False
    look: tuple[float, ...] = field(default=(), repr=False)

    @property
    def trouble(self) -> Trouble | None:
        """Return why the lips of this face cannot be driven, None when they can."""
        if self.mouth.is_cut:
            return Trouble.CUT
        if self.covered:
            return Trouble.COVERED
        if abs(self.pose.yaw) > YAW_LIMIT:
            return Trouble.TURNED
        return Trouble.NODDED if abs(self.pose.pitch) > PITCH_LIMIT else None


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in the picture at `time` (seconds of the clip)."""

    time: float
    faces: tuple[Face, ...] = ()

    @property
    def largest(self) -> Face | None:
        """Return the face that takes most of the picture."""
        return max(self.faces, key=lambda face: face.box.area, default=None)

    def of(self, person: int) -> Face | None:
        """Return the face of `person`, None where it is not in the picture."""
        return next((face for face in self.faces if face.person == person), None)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the clip.

    :ivar number: as in `Face.person`
    :ivar share: part of the looks in which the face is seen
    :ivar first: seconds at which it is seen first
    :ivar best: the look for a photo: large, straight, uncovered
    :ivar is_default: the service drives this one when no photo says otherwise
    """

    number: int
    share: float
    first: float
    best: Look
    is_default: bool = False

    @property
    def face(self) -> Face:
        """Return the face in the best look."""
        face = self.best.of(self.number)
        if face is None:
            raise KeyError(self.number)
        return face


@dataclass(frozen=True, slots=True)
class Acquaintances:
    """Who was seen so far, and where last: tells who a face of the next look belongs to."""

    known: tuple[tuple[float, Face], ...] = ()

    def recognise(self, time: float, faces: Sequence[Face]) -> tuple[Acquaintances, tuple[int, ...]]:
        """Return what is known after looking at `faces` at `time`, and the person that each of them is."""
        free, numbers, new = dict(enumerate(self.known)), dict[int, int](), len(self.known)
        for place, face in sorted(enumerate(faces), key=lambda one: -one[1].box.area):
            number = _nearest(face, time, free)
            numbers[place] = new if number is None else number
            new += number is None
            free.pop(numbers[place], None)
        seen = dict(enumerate(self.known)) | {
            numbers[place]: (time, replace(face, person=numbers[place])) for place, face in enumerate(faces)
        }
        return Acquaintances(tuple(seen[n] for n in sorted(seen))), tuple(numbers[n] for n in sorted(numbers))


def likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how much two faces look alike: 1 is the same, 0 nothing in common; 0 where a look is missing."""
    if not one or len(one) != len(other):
        return 0.0
    middle_one, middle_other = sum(one) / len(one), sum(other) / len(other)
    left, right = [x - middle_one for x in one], [x - middle_other for x in other]
    size = math.hypot(*left) * math.hypot(*right)
    return sum(x * y for x, y in zip(left, right, strict=True)) / size if size else 0.0


def _nearest(face: Face, time: float, known: dict[int, tuple[float, Face]]) -> int | None:
    """Return the number of the one that `face` belongs to: near in place and size, else alike."""
    near = {
        number: _distance(face.box, last.box)
        for number, (when, last) in known.items()
        if time - when <= _GONE_AFTER
    }
    best = min(near, key=near.__getitem__, default=None)
    if best is not None and near[best] < _SAME_PLACE:
        return best
    alike = {number: likeness(face.look, last.look) for number, (_when, last) in known.items()}
    best = max(alike, key=alike.__getitem__, default=None)
    return best if best is not None and alike[best] >= _ALIKE else None


def _distance(one: Box, other: Box) -> float:
    """Return how far apart two boxes are, in their own widths; infinite for other sizes."""
    size = max(1e-6, (one.width + other.width) / 2)
    high = max(1e-6, (one.height + other.height) / 2)
    if not 1 / _SAME_SIZE < (one.area + 1e-9) / (other.area + 1e-9) < _SAME_SIZE:
        return math.inf
    (x, y), (u, v) = one.middle, other.middle
    return math.hypot((x - u) / size, (y - v) / high)


def default_person(looks: Sequence[Look]) -> int | None:
    """Return whom the service drives without a photo: the largest in the first look that has a face (API page)."""
    first = next((look for look in looks if look.faces), None)
    largest = first.largest if first else None
    return largest.person if largest else None


def most_alike(looks: Sequence[Look], look: Sequence[float]) -> int | None:
    """Return the person who at best looks most like `look` (as in `Face.look`), None where there is nobody."""
    alike: dict[int, float] = {}
    for one in looks:
        for face in one.faces:
            alike[face.person] = max(alike.get(face.person, -1.0), likeness(look, face.look))
    return max(alike, key=alike.__getitem__, default=None)


def persons(looks: Sequence[Look]) -> tuple[Person, ...]:
    """Return everybody in the clip, who is seen most first; chance finds of a single look are left out."""
    seen: dict[int, list[Look]] = {}
    for look in looks:
        for face in look.faces:
            seen.setdefault(face.person, []).append(look)
    default = default_person(looks)
    rows = [
        Person(number, len(own) / len(looks), own[0].time, _best(own, number), number == default)
        for number, own in seen.items()
        if len(own) > 1 or len(looks) < _FEW_LOOKS or number == default
    ]
    return tuple(sorted(rows, key=lambda person: -person.share))


_FEW_LOOKS = 5


def _best(looks: Sequence[Look], number: int) -> Look:
    def worth(look: Look) -> float:
        face = look.of(number)
        if face is None:
            return 0.0
        straight = math.cos(math.radians(face.pose.yaw)) * math.cos(math.radians(2 * face.pose.pitch))
        return face.box.area * max(0.0, straight) ** 4 * (0.05 if face.trouble else 1.0)

    return max(looks, key=worth)


def driven_face(look: Look, person: int | None) -> Face | None:
    """Return the face whose lips move in `look`: that of `person`, or the largest when `person` is None."""
    return look.largest if person is None else look.of(person)


def trouble_of(look: Look, person: int | None) -> Trouble | None:
    """Return what is wrong in `look` for driving `person` (None: whoever is largest)."""
    face = driven_face(look, person)
    if face is None:
        return Trouble.NO_FACE
    if face.trouble is not None:
        return face.trouble
    return Trouble.SECOND_FACE if len(look.faces) > 1 else None


def look_at(looks: Sequence[Look], time: float) -> Look | None:
    """Return the look that is nearest to `time`."""
    if not looks:
        return None
    place = bisect.bisect_left([look.time for look in looks], time)
    return min(looks[max(0, place - 1) : place + 1], key=lambda look: abs(look.time - time))
