from __future__ import annotations

import pytest

from redub.core.faces import Box, Face, Look, Pose
from redub.core.outputplan import Footage, plan_output
from redub.core.review import (
    Review,
    Sentence,
    Stretch,
    Verdict,
    as_it_is,
    by_plan,
    by_sentence,
    mouth_view,
)
from redub.core.shot import Options, Selection

ONE, TWO, THREE = (
    Sentence(0.5, 2.0, "One of them."),
    Sentence(2.5, 4.0, "Two is here."),
    Sentence(4.5, 6.0, "And three."),
)


def test_judge__changes_one_sentence_and_counts() -> None:
    review = Review((ONE, TWO, THREE)).judge(1, Verdict.REDO).remark(1, " louder ").judge(0, Verdict.ACCEPTED)

    assert review.redo == (1,)
    assert review.sentences[1].note == "louder"
    assert review.count(Verdict.OPEN) == 1
    assert review.is_begun
    assert not Review((ONE,)).is_begun


@pytest.mark.parametrize("seconds, place", [(0.0, -1), (0.5, 0), (2.2, 0), (2.5, 1), (99.0, 2)])
def test_at__is_the_last_sentence_that_has_begun(seconds: float, place: int) -> None:
    assert Review((ONE, TWO, THREE)).at(seconds) == place


def test_taken_over__keeps_verdicts_of_the_same_sentences_only() -> None:
    old = Review((ONE, TWO)).judge(0, Verdict.ACCEPTED).judge(1, Verdict.REDO)
    new = (Sentence(0, 1, "Something new."), Sentence(1, 2, "Two is here"))

    assert [one.verdict for one in old.taken_over(new).sentences] == [Verdict.OPEN, Verdict.REDO]
    assert old.taken_over(new).sentences[1].start == 1


def test_by_plan__shows_the_frame_that_each_frame_was_made_from() -> None:
    footage = Footage(duration=4.0, width=640, height=480, fps=25.0)
    plan = plan_output(footage, Selection(), (), Options(), 10.0)

    alignment = by_plan(plan)

    assert alignment.moment(3.0) == pytest.approx(3.0)
    assert alignment.moment(5.0) == pytest.approx(3.0, abs=0.0011)  # turned round at 4 s: back at 3 s
    assert alignment.at(5.0).direction == -1
    assert alignment.moment(9.0) == pytest.approx(1.0)


def test_by_sentence__begins_each_sentence_together() -> None:
    other = (Sentence(0.2, 1.5, "One of them"), Sentence(1.8, 3.0, "And three!"))

    alignment = by_sentence((ONE, TWO, THREE), other, 6.5, 3.4)

    assert alignment.moment(0.5) == pytest.approx(0.2)
    assert alignment.moment(1.5) == pytest.approx(1.2)
    assert alignment.at(3.0).direction == 0  # the second sentence is not in the other take
    assert alignment.moment(4.5) == pytest.approx(1.8)
    assert alignment.moment(6.4) == pytest.approx(3.4)  # it has come to its end before


def test_by_sentence__leaves_no_gap() -> None:
    other = (Sentence(1.2, 1.5, "One of them"), Sentence(1.8, 3.0, "And three!"))

    stretches = by_sentence((ONE, TWO, THREE), other, 6.5, 3.4).stretches

    assert stretches[0].start == 0.0
    assert stretches[-1].end == 6.5
    assert [one.end for one in stretches[:-1]] == [one.start for one in stretches[1:]]


def test_by_sentence__a_reworded_sentence_is_the_same_one() -> None:
    other = (Sentence(0.5, 2.0, "One of those"), Sentence(2.2, 4.0, "Two is here."))

    assert by_sentence((ONE, TWO), other, 4.0, 4.0).moment(0.6) == pytest.approx(0.6)


def test_by_sentence__without_one_in_common_both_run_from_their_beginning() -> None:
    assert by_sentence((), (ONE,), 4.0, 3.0).stretches == (Stretch(0, 3.0, 0), Stretch(3.0, 4.0, 3.0, 0))
    assert as_it_is(4.0).moment(2.0) == 2.0


def look(time: float, middle: float) -> Look:
    mouth = Box(middle - 0.05, 0.6, 0.1, 0.05)
    return Look(time, (Face(box=Box(middle - 0.15, 0.3, 0.3, 0.5), mouth=mouth, pose=Pose()),))


def test_mouth_view__moves_from_look_to_look_inside_the_picture() -> None:
    looks = (look(0.0, 0.4), look(1.0, 0.5))

    box = mouth_view(looks, None, 0.5)

    assert box.middle[0] == pytest.approx(0.45)
    assert box.width == box.height == pytest.approx(0.28)
    assert not mouth_view((look(0.0, 0.95),), None, 3.0).is_cut
    assert not mouth_view((), None, 0.0).is_cut
