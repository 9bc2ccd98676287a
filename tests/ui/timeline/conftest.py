"""A timeline over a generated clip."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from redub.core.shot import Shot
from support.clips import ClipFactory
from ui.timeline.stand import TimelineStand, facts

StandFactory = Callable[[Shot], TimelineStand]


@pytest.fixture
def stand(qtbot: QtBot, clip_factory: ClipFactory) -> StandFactory:
    """Return a function that shows a shot over a clip of which 20 s are claimed."""

    def show(shot: Shot) -> TimelineStand:
        return TimelineStand(qtbot, shot, facts(str(clip_factory(seconds=1.0, audio=False))))

    return show
