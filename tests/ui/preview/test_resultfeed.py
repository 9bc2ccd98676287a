from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from redub.core.shot import MakeType, Options, Selection, Shot, Source, Speech, Take, VideoLoop
from redub.core.splice import MeasuredSplice, Visibility
from redub.media.probe import probe
from redub.services.deriving import plan_of
from redub.services.editing import Editing, ShotView
from redub.ui.player import vlclibrary
from redub.ui.preview.panel import PreviewPanel
from redub.ui.preview.resultfeed import ResultFeed, join_result
from redub.ui.timeline.resultstrip import ResultStrip
from support.clips import ClipFactory

WAIT = 20_000


class Stand:
    """A preview, a strip and an open shot, joined as in the window."""

    def __init__(self, clip: Path, folder: Path, qtbot: QtBot) -> None:
        facts = probe(clip)
        self.preview, self.strip = PreviewPanel(), ResultStrip()
        qtbot.addWidget(self.strip)
        qtbot.addWidget(self.preview)

        def derive(view: ShotView) -> ShotView:
            take = view.take
            plan = plan_of(view.shot, take, facts, 8.0) if take else None
            return replace(view, facts=facts, plan=plan, speech_seconds=8.0)

        self.editing = Editing(derive=derive)
        self.editing.listen(self.preview.show_view)
        self.editing.listen(self.strip.show_view)
        self.measured: list[tuple[MeasuredSplice, ...]] = []
        self.feed: ResultFeed = join_result(
            self.preview, self.strip, self.editing, self.editing.apply, folder, tuple
        )
        self.feed.meter.measured.connect(self.measured.append)
        self.preview.resize(400, 320)
        self.preview.show()
        self.strip.show()

    def open(self, selection: Selection, loop: VideoLoop) -> None:
        take = Take(
            id="t",
            name="1",
            script="Hello there.",
            speech=Speech(timbre_key="mine"),
            options=Options(loop=loop),
        )
        clip = str(self.editing.view.facts.path) if self.editing.view.facts else ""
        shot = Shot(reference=Source(path=clip), selection=selection, takes=(take,))
        self.editing.open(shot, None)

    def close(self) -> None:
        self.preview.close_clip()
        self.feed.close()


@pytest.fixture
def stand(
    clip_factory: ClipFactory, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    monkeypatch.setattr(vlclibrary, "_binding", lambda: None)
    made = Stand(clip_factory(seconds=6.0, audio=False), tmp_path, qtbot)
    yield made
    made.close()


def test_play__the_view_gets_the_spoken_length_and_the_strip_the_words(stand: Stand, qtbot: QtBot) -> None:
    stand.open(Selection(), VideoLoop.REVERSE)
    assert "estimated length" in stand.strip.summary

    with qtbot.waitSignal(stand.preview.prediction_moved, timeout=WAIT):
        stand.preview.play_prediction()

    assert stand.preview.prediction.playing
    assert stand.editing.view.speech_is_real
    assert "measured length" in stand.strip.summary
    assert "rehearsal voice" in stand.strip.toolTip()


def test_splices__are_measured_and_a_better_edge_is_one_undoable_step(stand: Stand, qtbot: QtBot) -> None:
    before = Selection(make_type=MakeType.CUSTOM, start=0.0, end=5.4)
    stand.open(before, VideoLoop.FORWARD)
    qtbot.waitUntil(lambda: bool(stand.measured and stand.measured[-1]), timeout=WAIT)
    (only,) = stand.measured[-1]
    assert only.jump.visibility is not Visibility.HARDLY
    assert stand.strip.improve_button.isVisible()

    said: list[str] = []
    stand.preview.notice_wanted.connect(said.append)

    with qtbot.waitSignal(stand.feed.meter.edit_wanted, timeout=WAIT):
        stand.strip.improve_button.click()

    assert "is being compared" in said[0]
    qtbot.waitUntil(lambda: "where the splice is seen least" in said[-1], timeout=WAIT)
    after = stand.editing.view
    assert after.undo_label == "Improve splice"
    assert after.shot.selection != before
    assert abs((after.shot.selection.end or 0.0) - 5.4) + (after.shot.selection.start or 0.0) <= 0.5
    qtbot.waitUntil(lambda: bool(stand.measured[-1]), timeout=WAIT)
    assert stand.measured[-1][0].jump.score < only.jump.score
    stand.editing.undo()
    assert stand.editing.view.shot.selection == before


def test_splices__turning_round_shows_no_jump(stand: Stand, qtbot: QtBot) -> None:
    stand.open(Selection(), VideoLoop.REVERSE)

    qtbot.waitUntil(lambda: bool(stand.measured and stand.measured[-1]), timeout=WAIT)

    assert [one.jump.visibility for one in stand.measured[-1]] == [Visibility.HARDLY]
    assert not stand.strip.improve_button.isVisible()
