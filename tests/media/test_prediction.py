from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.shot import MakeType, Options, Selection, VideoLoop
from redub.media import prediction
from redub.media.picture import Picture
from redub.media.prediction import PictureQueue, PredictedPicture, predicted_pictures
from support.clips import ClipFactory, frame_number


def plan_for(
    seconds: float, *, fps: float = 25, selection: Selection | None = None, **options: object
) -> OutputPlan:
    footage = Footage(duration=2.0, width=320, height=240, fps=fps)
    return plan_output(footage, selection or Selection(), (), Options(**options), seconds)  # type: ignore[arg-type]  # fields of Options


def numbers(clip: Path, plan: OutputPlan) -> list[int]:
    return [number_of(one.picture) for one in predicted_pictures(clip, plan, (160, 120))]


def number_of(shown: Picture) -> int:
    rows = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.stride)
    return frame_number(rows[:, : shown.width * 3].reshape(shown.height, shown.width, 3))


FORTH, BACK = list(range(50)), list(range(49, -1, -1))


@pytest.mark.parametrize(
    "plan, expected",
    [
        (plan_for(1.2), FORTH[:30]),
        (plan_for(5.0), [*FORTH, *BACK, *FORTH[:25]]),
        (plan_for(3.0, loop=VideoLoop.FORWARD), [*FORTH, *FORTH[:25]]),
        (
            plan_for(1.6, selection=Selection(make_type=MakeType.CUSTOM, start=0.4, end=1.2)),
            [*range(10, 30), *range(29, 9, -1)],
        ),
        (
            plan_for(1.0, selection=Selection(make_type=MakeType.CIRCLE)),
            [*range(13), *range(11, -1, -1)],
        ),
    ],
)
@pytest.mark.parametrize("gop", [12, 250])
def test_pictures__are_those_of_the_plan(
    clip_factory: ClipFactory, plan: OutputPlan, expected: list[int], gop: int
) -> None:
    clip = clip_factory(gop=gop, audio=False)

    assert numbers(clip, plan) == expected


def test_pictures__of_another_rate_follow_the_clock(clip_factory: ClipFactory) -> None:
    clip = clip_factory(fps=50, audio=False)

    assert numbers(clip, plan_for(1.0, fps=50)) == list(range(0, 50, 2))


def test_pictures__backward_in_small_pieces_are_the_same(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prediction, "_MOST_HELD", 8)
    clip = clip_factory(gop=250, audio=False)

    assert numbers(clip, plan_for(4.0)) == [*FORTH, *BACK]


def test_pictures__begin_where_they_are_asked_to(clip_factory: ClipFactory) -> None:
    clip = clip_factory(audio=False)
    row = predicted_pictures(clip, plan_for(4.0), (160, 120), first=60)

    one = next(row)

    assert (one.number, one.out_time, number_of(one.picture)) == (60, 2.4, 39)


def fake(number: int) -> PredictedPicture:
    return PredictedPicture(number, number / 25, Picture(0.0, number, 1, 1, b"123", 3))


@pytest.fixture
def row() -> Iterator[PictureQueue]:
    made = PictureQueue(most=3)
    yield made
    made.close()


def test_queue__shows_the_newest_that_is_due_and_counts_the_others(row: PictureQueue) -> None:
    for number in range(3):
        row.put(fake(number))

    newest, passed_over = row.due(0.05)

    assert (newest and newest.number, passed_over, len(row)) == (1, 1, 1)
    assert row.due(0.05) == (None, 0)


def test_queue__holds_the_decoder_back_until_there_is_room(row: PictureQueue) -> None:
    done: list[int] = []

    def fill() -> None:
        for number in range(10):
            if row.put(fake(number)):
                done.append(number)
        row.end()

    thread = threading.Thread(target=fill)
    thread.start()
    most = 0
    shown: list[int] = []
    while not row.whole or len(row):
        most = max(most, len(row))
        newest, _ = row.due(0.04 * (shown[-1] + 1 if shown else 0) + 0.001)
        if newest:
            shown.append(newest.number)
    thread.join()

    assert shown == done == list(range(10))
    assert most <= 3


def test_queue__is_bounded_by_memory_too() -> None:
    row = PictureQueue(most=50, most_bytes=6)
    row.put(fake(0))
    row.put(fake(1))

    assert row.full
    row.close()


def test_queue__closing_lets_a_waiting_decoder_go(row: PictureQueue) -> None:
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.extend(row.put(fake(number)) for number in range(4)))
    thread.start()

    row.close()
    thread.join(5)

    assert not thread.is_alive()
    assert answers[-1] is False
    assert len(row) == 0
