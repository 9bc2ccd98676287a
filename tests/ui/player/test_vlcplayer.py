from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from redub.ui.player import vlclibrary
from redub.ui.player.vlcplayer import Playable, VlcPlayer
from support.clips import ClipFactory
from ui.player.pictures import number_in


@pytest.fixture
def player(qtbot: QtBot, libvlc: None) -> Iterator[VlcPlayer]:
    made = VlcPlayer()
    yield made
    made.close()


@pytest.mark.slow
def test_play__delivers_frames_and_positions_and_ends(
    player: VlcPlayer, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    frames, positions = list[int](), list[float]()
    player.frame_ready.connect(lambda image: frames.append(number_in(image)))
    player.position_changed.connect(positions.append)

    with qtbot.waitSignal(player.ended, timeout=20_000):
        player.play(Playable(clip_factory(seconds=1.5)))

    assert len(frames) >= 10
    assert frames == sorted(frames)
    assert set(frames) <= set(range(38))
    assert 0.0 <= positions[0] <= positions[-1] <= 2.5


@pytest.mark.slow
def test_play__begins_where_it_is_told(player: VlcPlayer, clip_factory: ClipFactory, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.frame_ready, timeout=20_000) as first:
        player.play(Playable(clip_factory(seconds=4.0, gop=50), start=2.0))

    assert 45 <= number_in(first.args[0]) <= 55


@pytest.mark.slow
def test_play__a_turned_clip_is_shown_upright(
    player: VlcPlayer, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    clip = clip_factory(seconds=1.0, rotation=90, width=240, height=320)

    with qtbot.waitSignal(player.frame_ready, timeout=20_000) as first:
        player.play(Playable(clip))

    image: QImage = first.args[0]
    assert (image.width(), image.height()) == (240, 320)
    assert number_in(image) < 25


@pytest.mark.slow
def test_play__pictures_fit_into_the_box(player: VlcPlayer, clip_factory: ClipFactory, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.frame_ready, timeout=20_000) as first:
        player.play(Playable(clip_factory(seconds=1.0), box=(160, 160)))

    assert (first.args[0].width(), first.args[0].height()) == (160, 120)


def test_play__a_missing_file_is_said(player: VlcPlayer, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.failed, timeout=20_000) as heard:
        player.play(Playable(tmp_path / "gone.mp4"))

    assert heard.args[0].endswith(".")


def test_play__a_file_that_vanishes_before_playing_is_said(
    player: VlcPlayer, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(player.failed, timeout=20_000) as heard:
        player.play(Playable(tmp_path / "gone.mp4", size=(320, 240)))

    assert heard.args == ["This file cannot be played here."]


@pytest.mark.slow
def test_close__in_the_middle_of_playing_leaves_nothing(
    player: VlcPlayer, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(player.frame_ready, timeout=20_000):
        player.play(Playable(clip_factory(seconds=4.0)))

    player.close()
    late = list[QImage]()
    player.frame_ready.connect(late.append)
    qtbot.wait(50)

    assert late == []


def test_available__without_the_library_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    monkeypatch.setattr(vlclibrary, "_binding", lambda: None)
    player = VlcPlayer()

    with qtbot.waitSignal(player.failed) as heard:
        player.play(Playable(tmp_path / "clip.mp4"))
    player.close()

    assert "libvlc" in VlcPlayer.available()
    assert heard.args == [VlcPlayer.available()]
