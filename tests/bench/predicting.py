"""Plays a prediction of a clip in a real loop, and notes when each picture is shown and when each sample is heard.

libvlc's audio callbacks say for which moment each block of samples is meant; with it goes what is on screen then.
"""

from __future__ import annotations

import bisect
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop

from bench.heartbeat import Heartbeat
from redub.core.shot import Shot, Source, Take
from redub.media.probe import probe
from redub.services.deriving import plan_of
from redub.services.editing import ShotView
from redub.services.prediction import Predictions
from redub.ui.player import vlclibrary
from redub.ui.player.vlcplayer import VlcPlayer
from redub.ui.preview.predicting import PredictionPlayer

_RATE = 44_100
_SCRIPT = "The quick brown fox jumps over the lazy dog, and then it sleeps in the sun for a while. " * 3


class Ear:
    """Hears what libvlc plays: nothing goes to the loudspeakers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._samples = 0
        self._at: list[float] = []
        self._second: list[float] = []
        self._vlc = vlc = vlclibrary.binding()
        self._take = vlc.CallbackDecorators.AudioPlayCb(self._hear)
        made = VlcPlayer._new_player

        def listening(player: VlcPlayer, library: Any, binding: Any) -> Any:
            new = made(player, library, binding)
            new.audio_set_callbacks(self._take, None, None, None, None, None)
            new.audio_set_format("S16N", _RATE, 1)
            return new

        monkeypatch.setattr(VlcPlayer, "_new_player", listening)

    def _hear(self, _opaque: object, _data: object, count: int, pts: int) -> None:
        self._at.append(time.monotonic() + (pts - self._vlc.libvlc_clock()) / 1e6)
        self._second.append(self._samples / _RATE)
        self._samples += count

    def second_at(self, moment: float) -> float | None:
        """Return which second of the sound is heard at `moment`."""
        place = bisect.bisect_right(self._at, moment) - 1
        return None if place < 0 else self._second[place] + moment - self._at[place]


class Playing:
    """One playing to its end.

    :ivar apart: milliseconds by which each picture is ahead of the sound (negative: behind)
    """

    def __init__(self, clip: Path, folder: Path, ear: Ear) -> None:
        predictions, player, beat = Predictions(folder), PredictionPlayer(), Heartbeat()
        facts, take = probe(clip), Take(id="t", name="1", script=_SCRIPT)
        shot = Shot(reference=Source(path=str(clip)), takes=(take,))
        view = ShotView(shot=shot, take_id="t", facts=facts, plan=plan_of(shot, take, facts, 1.0))
        shown: list[tuple[float, float]] = []
        player.moved.connect(lambda second: shown.append((time.monotonic(), second)))
        loop = QEventLoop()
        player.playing_changed.connect(lambda on: None if on else loop.quit())
        beat.start()
        player.play(lambda: predictions.prepare(view), (960, 540))
        loop.exec()
        beat.stop()
        player.close()
        predictions.close()
        heard = [(second, ear.second_at(at)) for at, second in shown]
        self.apart = [(second - sound) * 1000 for second, sound in heard if sound is not None]
        self.rate = (len(shown) - 1) / (shown[-1][0] - shown[0][0])
        self.shown, self.dropped = player.shown, player.dropped
        self.pauses, self.own_pauses = beat.pauses, beat.own
