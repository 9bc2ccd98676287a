from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from redub.core.review import Alignment, Stretch
from redub.media.alignedsound import write_aligned
from redub.ui.player import vlclibrary
from redub.ui.review.lockstep import Lockstep
from support.clips import ClipFactory
from ui.player.pictures import number_in
from ui.review.panes import pane

BACK = Alignment((Stretch(0.0, 1.0, 1.0), Stretch(1.0, 2.0, 2.0, -1), Stretch(2.0, 3.0, 0.5, 0)))


class Watched:
    """Videos in lock step, and the numbers of the pictures at every moment that was shown."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.step = Lockstep()
        self.shown: list[tuple[float, list[int]]] = []
        self.step.shown.connect(self._on_shown)

    def _on_shown(self, seconds: float) -> None:
        numbers = [number_in(feed.picture) for feed in self.step.feeds if feed.picture is not None]
        self.shown.append((seconds, numbers))

    def shows(self, *numbers: int) -> None:
        """Wait until the panes show these pictures."""
        self._qtbot.waitUntil(lambda: bool(self.shown) and self.shown[-1][1] == list(numbers), timeout=10_000)


@pytest.fixture
def watched(qtbot: QtBot, clip_factory: ClipFactory) -> Iterator[Watched]:
    made = Watched(qtbot)
    result = clip_factory(name="result.mp4", seconds=3.0)
    other = clip_factory(name="other.mp4", seconds=3.0, fps=50, gop=100)
    with qtbot.waitSignal(made.step.opened, timeout=10_000):
        made.step.open((pane(result), pane(other, "b", BACK)))
    made.shows(0, 50)
    yield made
    made.step.close()


def test_seek__every_pane_shows_the_picture_of_the_moment(watched: Watched) -> None:
    watched.step.seek(0.4)
    watched.shows(10, 70)
    watched.step.seek(1.4)  # backward: the picture whose time ends at 1.6 s
    watched.shows(35, 79)
    watched.step.seek(2.4)
    watched.shows(60, 25)


def test_step__goes_by_pictures_of_the_result(watched: Watched) -> None:
    watched.step.seek(0.2)
    watched.step.step(1)
    watched.shows(6, 62)
    watched.step.step(-2)
    watched.shows(4, 58)
    assert watched.step.in_step


def test_seek__many_at_once_end_at_the_last_one(watched: Watched) -> None:
    for moment in range(30):
        watched.step.seek(moment * 0.04)

    watched.shows(29, 91)
    assert all(abs(other - (50 + 2 * number)) <= 1 for _s, (number, other) in watched.shown if number < 25)


def test_play__pictures_never_part(watched: Watched, qtbot: QtBot) -> None:
    watched.shown.clear()
    with qtbot.waitSignal(watched.step.playing_changed, timeout=5_000, check_params_cb=lambda on: not on):
        watched.step.play_part(0.0, 0.9)

    assert len(watched.shown) > 3
    for _seconds, (number, other) in watched.shown:
        assert other // 2 - 25 == number  # of the same 25th of a second
    watched.shows(22, 94)


def test_play_part__rests_on_its_last_picture_and_goes_round_in_a_loop(
    watched: Watched, qtbot: QtBot
) -> None:
    watched.step.set_loop((0.2, 0.4))
    watched.step.play_part(0.2, 0.4)
    cursors = list[float]()
    watched.step.moved.connect(cursors.append)
    qtbot.waitUntil(lambda: sum(b < a for a, b in pairwise(cursors)) >= 2, timeout=5_000)
    watched.step.pause()

    assert all(0.19 <= cursor <= 0.41 for cursor in cursors)


def test_sound__is_the_clock_and_can_be_swapped(
    watched: Watched, qtbot: QtBot, clip_factory: ClipFactory
) -> None:
    if vlclibrary.available():
        pytest.skip(vlclibrary.available())
    for feed in watched.step.feeds:
        sound = feed.pane.path.with_suffix(".wav")
        watched.step.take_sound(feed.pane.key, write_aligned(feed.pane.path, sound, feed.pane.alignment))
    watched.step.seek(0.4)
    watched.step.play()
    qtbot.waitUntil(lambda: watched.step.cursor > 0.6, timeout=10_000)

    assert watched.step.sounding
    watched.step.hear_next()
    assert watched.step.heard == 1
    before = watched.step.cursor
    qtbot.waitUntil(lambda: watched.step.cursor > before + 0.2, timeout=10_000)
    assert watched.step.sounding


def test_hear_next__passes_over_what_has_no_sound(watched: Watched) -> None:
    watched.step.note_silent("b")
    watched.step.hear_next()

    assert watched.step.heard == 0


def test_open__a_pane_that_cannot_be_shown_keeps_nobody_waiting(
    qtbot: QtBot, clip_factory: ClipFactory
) -> None:
    made = Watched(qtbot)
    clip = clip_factory(seconds=1.0)
    broken = clip.with_name("broken.mp4")
    broken.write_bytes(b"no video" * 100)
    said = list[str]()
    made.step.failed.connect(said.append)
    made.step.open((pane(clip, seconds=1.0), pane(broken, "b", seconds=1.0)))
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    made.step.seek(0.4)

    made.shows(10)
    assert said[0].startswith("Take b:")
    made.step.close()
