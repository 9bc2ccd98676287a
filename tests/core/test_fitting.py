from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.fitting import Way, proposals, sentence_ends, shorter_pauses
from redub.core.shot import Speech, Take
from redub.core.ssml import estimate

LONG = "This is the first sentence of all. Here comes the second one. And the third one ends it all."


def a_take(script: str, **speech: object) -> Take:
    return Take(id="a", name="A", script=script, speech=Speech(timbre_key="v", **speech))  # type: ignore[arg-type]  # its fields


def likely(take: Take) -> float:
    return estimate.seconds(take.script, take.speech.speed, take.speech.language or "").likely


def test_proposals__none_when_it_fits() -> None:
    assert proposals(a_take("Hello."), 30.0) == ()


def test_proposals__a_little_too_long_is_spoken_faster() -> None:
    take = a_take(LONG)
    found = proposals(take, likely(take) * 0.9)

    faster = next(one for one in found if one.way is Way.SPEED)
    assert faster.fits
    assert 1.1 <= faster.amount <= 1.15
    assert likely(faster.take) == pytest.approx(faster.seconds, abs=0.01)
    assert faster.seconds <= likely(take) * 0.9 + 0.02


def test_proposals__never_faster_than_the_service_takes() -> None:
    take = a_take(LONG)

    speeds = [one.amount for one in proposals(take, likely(take) / 3) if one.way is Way.SPEED]

    assert speeds == [1.5]


def test_proposals__pauses_come_first_when_they_are_enough() -> None:
    take = a_take('Hello there my friend<break time="3s"/>. How are you today?')
    found = proposals(take, likely(take) - 1.0)

    assert found[0].way is Way.PAUSES
    assert found[0].fits
    assert (
        '<break time="1990ms"/>' in found[0].take.script or '<break time="2000ms"/>' in found[0].take.script
    )


def test_proposals__cuts_as_few_sentences_as_it_takes() -> None:
    take = a_take(LONG)
    cut = next(one for one in proposals(take, likely(take) * 0.75) if one.way is Way.CUT)

    assert cut.amount == 1
    assert cut.take.script == "This is the first sentence of all. Here comes the second one."


def test_proposals__go_by_the_real_length_when_it_is_known() -> None:
    take = a_take(LONG)

    assert proposals(take, likely(take) * 1.1, real=likely(take) * 1.3) != ()
    assert proposals(take, likely(take) * 0.9, real=likely(take) * 0.8) == ()


def test_proposals__go_by_what_is_known_of_the_voice() -> None:
    take = a_take(LONG)
    slow = estimate.Calibration(1.3, 0.05)

    assert proposals(take, likely(take) * 1.1, calibration=slow) != ()


def test_proposals__ways_that_are_not_enough_come_last() -> None:
    take = a_take(LONG, speed=1.4)
    found = proposals(take, likely(take) * 0.7)

    assert [one.fits for one in found] == sorted((one.fits for one in found), reverse=True)
    assert any(not one.fits for one in found)


def test_shorter_pauses__what_gets_too_short_is_left_out() -> None:
    script, count, left = shorter_pauses('a<break time="100ms"/> b<break time="2s"/> c', 0.3)

    assert (script, count, left) == ('a b<break time="600ms"/> c', 2, 0.6)


def test_sentence_ends__outside_every_mark() -> None:
    script = '你好。<phoneme alphabet="py" ph="hao3">好</phoneme>吗？再见'

    assert script[: sentence_ends(script)[0]] == "你好。"
    assert sentence_ends(script)[-1] == len(script)


def test_proposals__do_not_touch_the_rest_of_the_take() -> None:
    take = a_take(LONG)

    for one in proposals(take, 2.0):
        assert replace(one.take, script=take.script, speech=take.speech) == take


@given(script=st.text(alphabet='ab. !。你<>/&;"=breaktime1s', max_size=80), room=st.floats(0.1, 20))
def test_proposals__any_script(script: str, room: float) -> None:
    for one in proposals(a_take(script), room):
        assert 0.5 <= one.take.speech.speed <= 1.5
        assert one.seconds >= 0
