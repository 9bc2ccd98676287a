from __future__ import annotations

from redub.core.marklist import Marked, marks_of, with_marks
from redub.core.shot import MakeType, Selection, Shot, StillInterval

SHOT = Shot(
    selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=4.0),
    still_intervals=(StillInterval(2.0, 2.5),),
)


def test_marks_of__the_segment_and_the_stills() -> None:
    assert marks_of(SHOT, 10.0) == (Marked("Segment", 1.0, 4.0), Marked("Still", 2.0, 2.5))


def test_marks_of__a_whole_clip_has_no_segment() -> None:
    assert marks_of(Shot(), 10.0) == ()


def test_with_marks__takes_the_place_of_all_marks() -> None:
    changed = with_marks(SHOT, (Marked("my segment", 3.0, 8.0), Marked("quiet", 5.0, 6.0)))

    assert changed.selection == Selection(make_type=MakeType.CUSTOM, start=3.0, end=8.0)
    assert changed.still_intervals == (StillInterval(5.0, 6.0),)


def test_with_marks__without_a_segment_the_segment_stays() -> None:
    changed = with_marks(SHOT, (Marked("quiet", 5.0, 6.0), Marked("quiet too", 5.5, 7.0)))

    assert changed.selection == SHOT.selection
    assert changed.still_intervals == (StillInterval(5.0, 7.0),)
