from __future__ import annotations

import pytest

from redub.core.faces import (
    Acquaintances,
    Box,
    Face,
    Look,
    Pose,
    Trouble,
    default_person,
    driven_face,
    likeness,
    look_at,
    most_alike,
    persons,
    trouble_of,
)

LEFT_LOOK, RIGHT_LOOK = (1.0, -1.0, 0.5, 0.0), (-1.0, 0.5, 1.0, -0.5)


def face(x: float = 0.5, size: float = 0.2, **changes: object) -> Face:
    box = Box(x - size / 2, 0.3, size, size)
    mouth = Box(x - size / 8, 0.3 + size * 0.6, size / 4, size / 8)
    values: dict[str, object] = {"box": box, "mouth": mouth, "pose": Pose(), **changes}
    return Face(**values)  # type: ignore[arg-type]  # the names are fields of Face


@pytest.mark.parametrize(
    "pose, expected",
    [
        (Pose(yaw=45.0, pitch=15.0), None),
        (Pose(yaw=-45.0, pitch=-15.0), None),
        (Pose(yaw=45.1), Trouble.TURNED),
        (Pose(yaw=-46.0, pitch=20.0), Trouble.TURNED),
        (Pose(pitch=15.1), Trouble.NODDED),
        (Pose(pitch=-16.0), Trouble.NODDED),
        (Pose(roll=60.0), None),
    ],
)
def test_trouble__at_and_beyond_the_limits_of_the_page(pose: Pose, expected: Trouble | None) -> None:
    assert face(pose=pose).trouble is expected


def test_trouble__a_cut_mouth_is_worse_than_a_covered_one() -> None:
    cut = face(mouth=Box(-0.01, 0.5, 0.1, 0.05), covered=True)
    assert cut.trouble is Trouble.CUT
    assert face(covered=True).trouble is Trouble.COVERED


def test_trouble_of__nobody_and_somebody_else() -> None:
    one, other = face(0.3, person=0), face(0.7, person=1)
    assert trouble_of(Look(0.0), 0) is Trouble.NO_FACE
    assert trouble_of(Look(0.0, (other,)), 0) is Trouble.NO_FACE
    assert trouble_of(Look(0.0, (one, other)), 0) is Trouble.SECOND_FACE
    assert trouble_of(Look(0.0, (one,)), 0) is None


def test_driven_face__the_largest_when_nobody_is_followed() -> None:
    small, large = face(0.3, 0.1, person=0), face(0.7, 0.3, person=1)
    look = Look(0.0, (small, large))
    assert driven_face(look, None) == large
    assert driven_face(look, 0) == small
    assert driven_face(Look(0.0), None) is None


def seen(*pictures: tuple[Face, ...]) -> list[Look]:
    known, looks = Acquaintances(), []
    for number, faces in enumerate(pictures):
        known, numbers = known.recognise(number * 0.2, faces)
        numbered = (
            Face(box=one.box, mouth=one.mouth, pose=one.pose, person=person, look=one.look)
            for one, person in zip(faces, numbers, strict=True)
        )
        looks.append(Look(number * 0.2, tuple(numbered)))
    return looks


def test_recognise__follows_by_place_and_size() -> None:
    looks = seen((face(0.3), face(0.7)), (face(0.72), face(0.33)), (face(0.35), face(0.75)))
    assert [one.person for one in looks[1].faces] == [1, 0]
    assert [one.person for one in looks[2].faces] == [0, 1]


def test_recognise__the_same_face_after_a_cut_elsewhere() -> None:
    looks = seen((face(0.2, look=LEFT_LOOK),), (face(0.8, 0.5, look=LEFT_LOOK),))
    assert looks[1].faces[0].person == 0


def test_recognise__another_face_is_another_person() -> None:
    looks = seen((face(0.2, look=LEFT_LOOK),), (face(0.8, look=RIGHT_LOOK),))
    assert looks[1].faces[0].person == 1


def test_recognise__two_new_faces_in_one_picture() -> None:
    looks = seen((face(0.2), face(0.5), face(0.8)))
    assert sorted(one.person for one in looks[0].faces) == [0, 1, 2]


def test_default_person__the_largest_of_the_first_picture_with_a_face() -> None:
    looks = [
        Look(0.0),
        Look(0.2, (face(0.3, 0.2, person=0), face(0.7, 0.3, person=1))),
        Look(0.4, (face(0.3, 0.6, person=0),)),
    ]
    assert default_person(looks) == 1
    assert default_person([Look(0.0)]) is None


def test_most_alike__by_the_best_look() -> None:
    looks = [
        Look(0.0, (face(0.3, person=0, look=RIGHT_LOOK), face(0.7, person=1, look=(0.0, 0.0, 0.0, 1.0)))),
        Look(0.2, (face(0.7, person=1, look=LEFT_LOOK),)),
    ]
    assert most_alike(looks, LEFT_LOOK) == 1
    assert most_alike(looks, RIGHT_LOOK) == 0
    assert most_alike([], LEFT_LOOK) is None


def test_likeness__ranges_from_opposite_to_same() -> None:
    assert likeness(LEFT_LOOK, LEFT_LOOK) == pytest.approx(1.0)
    assert likeness(LEFT_LOOK, tuple(-value for value in LEFT_LOOK)) == pytest.approx(-1.0)
    assert likeness(LEFT_LOOK, ()) == 0.0


def test_persons__who_is_seen_most_first_with_the_straightest_look() -> None:
    looks = [
        Look(number * 0.2, (face(0.3, person=0, pose=Pose(yaw=10.0 * number)), *others))
        for number, others in enumerate([(), (face(0.7, person=1),), (face(0.7, person=1),), (), (), ()])
    ]
    first, second = persons(looks)
    assert (first.number, second.number) == (0, 1)
    assert first.share == 1.0
    assert first.best.time == 0.0
    assert first.is_default
    assert not second.is_default
    assert second.first == pytest.approx(0.2)


def test_persons__a_chance_find_is_nobody() -> None:
    looks = [Look(number * 0.2, (face(0.3, person=0),)) for number in range(8)]
    looks[3] = Look(0.6, (face(0.3, person=0), face(0.8, person=1)))
    assert [one.number for one in persons(looks)] == [0]


def test_look_at__the_nearest() -> None:
    looks = [Look(0.0), Look(0.2), Look(0.4)]
    assert look_at(looks, 0.29) == looks[1]
    assert look_at(looks, 0.31) == looks[2]
    assert look_at(looks, 9.0) == looks[2]
    assert look_at([], 1.0) is None
