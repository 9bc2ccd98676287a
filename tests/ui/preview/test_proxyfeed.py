from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from media.test_proxy import made
from redub.media import proxy
from redub.services.proxies import ProxyState
from redub.ui.preview.panel import PreviewPanel
from redub.ui.preview.proxyfeed import ProxyFeed
from support.clips import ClipFactory
from ui.player.pictures import number_in
from ui.preview.test_prediction import show, view_of


@pytest.fixture
def panel(qtbot: QtBot) -> PreviewPanel:
    panel = PreviewPanel()
    qtbot.addWidget(panel, before_close_func=lambda _widget: panel.close_clip())
    panel.resize(900, 600)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_proxy__is_shown_first_and_the_true_picture_stays(
    panel: PreviewPanel, qtbot: QtBot, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(width=1280, height=720, seconds=4, gop=100, audio=False)
    made(clip, tmp_path / "proxy")
    feed = ProxyFeed(panel)
    show(panel, view_of(clip), qtbot)
    qtbot.waitUntil(lambda: panel.canvas.picture is not None)
    sizes: list[int] = []
    panel.playback.picture_ready.connect(lambda picture: sizes.append(picture.width()))

    feed.show_state(ProxyState(clip, tmp_path / "proxy", 100, 1, 1))
    panel.seek(3.6)

    qtbot.waitUntil(lambda: proxy.BOX in sizes and sizes[-1] > proxy.BOX, timeout=10_000)
    assert panel.canvas.picture is not None
    assert number_in(panel.canvas.picture) == 90


def test_making__is_said_quietly_until_it_is_whole(
    panel: PreviewPanel, qtbot: QtBot, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(seconds=1)
    feed = ProxyFeed(panel)
    show(panel, view_of(clip), qtbot)

    said = []
    for done in (0, 1, 4):
        feed.show_state(ProxyState(clip, tmp_path, 25, done, 4))
        said.append(panel.canvas.whisper)
    feed.show_state(ProxyState(tmp_path / "another.mp4", tmp_path, 25, 1, 4))
    said.append(panel.canvas.whisper)
    feed.show_state(ProxyState(clip, tmp_path, 25, 1, 4))
    feed.show_state(None)
    said.append(panel.canvas.whisper)

    assert said == [
        "Getting ready for quick seeking: 0 %",
        "Getting ready for quick seeking: 25 %",
        "",
        "",
        "",
    ]
