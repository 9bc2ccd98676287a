from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from redub.ui.player import vlclibrary
from redub.ui.player.playback import Playback
from support.clips import ClipFactory
from ui.player.pictures import number_in


class Watched:
    """A playback, and what it last showed."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.playback = Playback()
        self.image: QImage | None = None
        self.notices = list[str]()
        self.playback.picture_ready.connect(self._on_picture)
        self.playback.notice_wanted.connect(self.notices.append)

    def _on_picture(self, image: QImage) -> None:
        self.image = image

    @property
    def number(self) -> int:
        """Return the number of the picture that is shown, -1 before the first."""
        return -1 if self.image is None else number_in(self.image)

    def open(self, clip: Path) -> None:
        """Open `clip` and wait for its times."""
        with self._qtbot.waitSignal(self.playback.opened, timeout=10_000):
            self.playback.open(clip)

    def shows(self, number: int) -> None:
        """Wait until picture `number` is shown."""
        self._qtbot.waitUntil(lambda: self.number == number, timeout=10_000)


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.playback.close()


@pytest.fixture
def mute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vlclibrary, "_binding", lambda: None)


def test_seek__shows_the_exact_picture(watched: Watched, clip_factory: ClipFactory) -> None:
    watched.open(clip_factory(seconds=4.0, gop=100))

    watched.playback.seek(2.56)

    watched.shows(64)
    assert watched.playback.frame == 64


def test_step__goes_by_pictures_of_a_variable_rate(watched: Watched, clip_factory: ClipFactory) -> None:
    watched.open(clip_factory(times=(0.0, 0.04, 0.5, 0.54, 1.2, 1.24), audio=False))

    watched.playback.seek(0.3)
    watched.playback.step(1)
    watched.shows(2)
    assert watched.playback.cursor == pytest.approx(0.5, abs=0.001)
    watched.playback.step(-2)
    watched.shows(0)
    watched.playback.step(-5)
    assert watched.playback.cursor == 0.0


def test_to_end__shows_the_last_picture(watched: Watched, clip_factory: ClipFactory) -> None:
    watched.open(clip_factory(seconds=2.0))

    watched.playback.to_end()

    watched.shows(49)


def test_peek__shows_another_moment_and_keeps_the_cursor(watched: Watched, clip_factory: ClipFactory) -> None:
    watched.open(clip_factory(seconds=2.0))
    watched.playback.seek(0.4)
    watched.shows(10)

    watched.playback.peek(1.2)
    watched.shows(30)
    assert watched.playback.cursor == 0.4

    watched.playback.peek(None)
    watched.shows(10)


@pytest.mark.slow
def test_play__with_sound_then_pause_shows_the_exact_picture(
    watched: Watched, clip_factory: ClipFactory, qtbot: QtBot, libvlc: None
) -> None:
    watched.open(clip_factory(seconds=4.0))
    watched.playback.seek(1.0)
    watched.shows(25)

    watched.playback.play()
    qtbot.waitUntil(lambda: watched.playback.cursor > 1.4 and watched.number > 30, timeout=20_000)
    watched.playback.pause()

    watched.shows(watched.playback.frame)
    assert not watched.playback.playing
    assert watched.notices == []


@pytest.mark.slow
def test_play__to_the_end_rests_on_the_last_picture(
    watched: Watched, clip_factory: ClipFactory, qtbot: QtBot, libvlc: None
) -> None:
    watched.open(clip_factory(seconds=1.0))

    watched.playback.play()
    qtbot.waitUntil(lambda: not watched.playback.playing, timeout=20_000)

    watched.shows(24)


@pytest.mark.slow
def test_play__a_loop_begins_again(
    watched: Watched, clip_factory: ClipFactory, qtbot: QtBot, libvlc: None
) -> None:
    watched.open(clip_factory(seconds=4.0))
    watched.playback.set_loop((1.0, 1.6))
    seen = list[float]()
    watched.playback.cursor_moved.connect(seen.append)

    watched.playback.play()
    qtbot.waitUntil(lambda: any(b < a - 0.3 for a, b in itertools.pairwise(seen[1:])), timeout=20_000)
    watched.playback.pause()

    assert min(seen[1:]) >= 0.95
    assert max(seen) < 2.2


@pytest.mark.slow
def test_play__without_libvlc_is_silent_and_says_so_once(
    watched: Watched, clip_factory: ClipFactory, qtbot: QtBot, mute: None
) -> None:
    watched.open(clip_factory(seconds=2.0))

    watched.playback.play()
    qtbot.waitUntil(lambda: watched.number > 5, timeout=10_000)
    watched.playback.pause()
    watched.playback.play()
    watched.playback.pause()

    assert len(watched.notices) == 1
    assert "without sound" in watched.notices[0]
    watched.shows(watched.playback.frame)


@pytest.mark.slow
def test_play_back__runs_to_the_start(watched: Watched, clip_factory: ClipFactory, qtbot: QtBot) -> None:
    watched.open(clip_factory(seconds=1.0))
    watched.playback.seek(0.5)
    watched.playback.set_speed(2.0)

    watched.playback.play_back()
    assert watched.playback.direction == -1
    qtbot.waitUntil(lambda: not watched.playback.playing, timeout=10_000)

    watched.shows(0)


def test_open__what_cannot_be_read_is_said(watched: Watched, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"this is no clip")

    with qtbot.waitSignal(watched.playback.failed, timeout=10_000) as heard:
        watched.playback.open(broken)

    assert heard.args[0]
    watched.playback.play()
    assert not watched.playback.playing


def test_open__another_clip_forgets_the_first(watched: Watched, clip_factory: ClipFactory) -> None:
    watched.open(clip_factory(name="one.mp4", seconds=1.0))
    watched.open(clip_factory(name="two.mp4", seconds=1.0, first_frame=700))

    watched.shows(700)
