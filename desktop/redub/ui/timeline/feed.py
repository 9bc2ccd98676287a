"""Keeps the pictures, the sound and the marks of the timeline up to the clip that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from redub.core.clip import ClipFacts
from redub.core.quiet import Quiet
from redub.i18n import _
from redub.media.silence import silence
from redub.services.clipstrips import ClipStrips
from redub.services.editing import ShotView
from redub.ui.preview.images import image_of
from redub.ui.timeline.columns import PER_SECOND, Peaks
from redub.ui.timeline.loader import Loader
from redub.ui.timeline.thumbs import ThumbnailLane
from redub.ui.timeline.wave import WaveLane

_HEIGHT = 96
"""Pixels of a thumbnail: twice what a lane shows, for screens of double density."""


class ClipFeed(QObject):
    """Starts reading when another clip is shown, and hands what comes to the two lanes.

    Signals: `marked` when more shot changes or the quiet parts are known, or those of the last clip forgotten.
    """

    marked = Signal()

    def __init__(self, thumbs: ThumbnailLane, wave: WaveLane, strips: ClipStrips, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbs, self._wave, self._strips = thumbs, wave, strips
        self._key: tuple[str, str] | None = None
        self._pictures = Loader("redub-thumbnails", self)
        self._sound = Loader("redub-peaks", self)
        self._pictures.piece.connect(self._on_picture)
        self._pictures.failed.connect(thumbs.clear)
        self._sound.piece.connect(self._on_sound)
        self._sound.finished.connect(wave.finish)
        self._sound.failed.connect(wave.clear)

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """Return the quiet parts; none until all sound was read."""
        return self._wave.quiet

    @property
    def cuts(self) -> tuple[float, ...]:
        """Return where new shots begin, as far as is known."""
        return self._thumbs.cuts

    def show_clip(self, view: ShotView) -> None:
        """Read the clip of `view`, when it is another one than before."""
        facts = view.facts
        key = (facts.path, facts.content_key) if facts is not None else None
        if key is None:
            self._forget(view)
        elif key != self._key and facts is not None:
            self._read(facts)
        self._key = key

    def close(self) -> None:
        """Stop reading, and wait."""
        self._key = None
        self._pictures.close()
        self._sound.close()

    def _forget(self, view: ShotView) -> None:
        self._pictures.cancel()
        self._sound.cancel()
        waiting = view.shot.reference is not None and not view.trouble
        said = view.trouble or (_("Reading the clip…") if waiting else "")
        self._thumbs.clear(said)
        self._wave.clear()
        self.marked.emit()

    def _read(self, facts: ClipFacts) -> None:
        self._thumbs.clear(_("Reading the pictures…") if facts.video else _("This file has no picture."))
        if facts.video is not None:
            self._pictures.start(_picture_work(self._strips, facts))
        self._wave.clear(_("This clip has no sound."), listening=facts.audio is not None)
        if facts.audio is not None:
            self._sound.start(_sound_work(self._strips, facts))
        self.marked.emit()

    def _on_picture(self, piece: tuple[float, QImage | None]) -> None:
        moment, picture = piece
        if picture is not None:
            self._thumbs.add(moment, picture)
        else:
            self._thumbs.show_cuts((*self._thumbs.cuts, moment))
            self.marked.emit()

    def _on_sound(self, piece: Peaks | tuple[Quiet, ...]) -> None:
        if isinstance(piece, tuple):
            self._wave.show_quiet(piece)
            self.marked.emit()
        else:
            self._wave.add(piece)


def _picture_work(strips: ClipStrips, facts: ClipFacts) -> Callable[[Callable[[], bool]], Iterator[Any]]:
    """Return what brings the pictures, and then the shot changes as moments without a picture."""
    video = facts.video
    shape = video.shown_width / max(1, video.shown_height) if video else 1.0
    count = max(12, min(80, round(30 / max(0.3, shape))))

    def work(cancelled: Callable[[], bool]) -> Iterator[tuple[float, QImage | None]]:
        for moment, picture in strips.pictures(facts, count, _HEIGHT, cancelled):
            yield moment, image_of(picture)
        for cut in strips.cuts(facts, cancelled):
            yield cut, None

    return work


def _sound_work(strips: ClipStrips, facts: ClipFacts) -> Callable[[Callable[[], bool]], Iterator[Any]]:
    """Return what brings the sound piece by piece, and then its quiet parts."""

    def work(cancelled: Callable[[], bool]) -> Iterator[Peaks | tuple[Quiet, ...]]:
        pieces: list[Peaks] = []
        for piece in strips.sound(facts, PER_SECOND, cancelled):
            pieces.append(piece)
            yield piece
        if pieces and not cancelled():
            yield silence(np.concatenate(pieces), PER_SECOND)

    return work
