from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from media.test_driversound import a_tone
from redub.ui.listening.sounding import Sounding
from redub.ui.player.vlcplayer import VlcPlayer


@pytest.fixture
def sound(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sounding]:
    del qtbot
    monkeypatch.setenv("REDUB_SILENT", "1")
    made = Sounding()
    yield made
    made.close()


def test_sounding__plays_to_the_end_of_a_part(sound: Sounding, qtbot: QtBot, tmp_path: Path) -> None:
    path = a_tone(tmp_path / "a.wav", 5.0)
    heard: list[float] = []
    sound.moved.connect(heard.append)

    with qtbot.waitSignal(sound.ended, timeout=20_000):
        sound.play("me", path, 1.0, 1.6)

    assert min(heard) >= 1.0
    assert 1.6 <= max(heard) < 2.5
    assert (sound.owner, sound.plays) == ("", False)


def test_sounding__pauses_and_goes_on_where_it_was(sound: Sounding, qtbot: QtBot, tmp_path: Path) -> None:
    path = a_tone(tmp_path / "a.wav", 30.0)
    sound.play("me", path, 0.0, 30.0)
    qtbot.waitUntil(lambda: sound.position > 0.3, timeout=20_000)

    sound.pause()
    at = sound.position
    assert (sound.plays, sound.owner) == (False, "me")
    sound.resume()
    qtbot.waitUntil(lambda: sound.position > at + 0.1, timeout=20_000)
    sound.seek(20.0)
    qtbot.waitUntil(lambda: sound.position > 20.0, timeout=20_000)
    sound.stop()
    assert sound.owner == ""


def test_sounding__without_libvlc_the_words_go_on(
    sound: Sounding, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VlcPlayer, "available", staticmethod(lambda: "There is no VLC."))
    said: list[str] = []
    sound.notice_wanted.connect(said.append)

    with qtbot.waitSignal(sound.ended, timeout=20_000):
        sound.play("me", tmp_path / "a.wav", 0.0, 0.3)
    sound.play("me", tmp_path / "a.wav", 0.0, 0.3)

    assert said == ["There is no VLC. The words are shown without sound."]


def test_sounding__another_owner_takes_over(sound: Sounding, tmp_path: Path) -> None:
    path = a_tone(tmp_path / "a.wav", 5.0)
    sound.play("one", path, 0.0, 5.0)
    sound.play("two", path, 0.0, 5.0)

    assert sound.owner == "two"
