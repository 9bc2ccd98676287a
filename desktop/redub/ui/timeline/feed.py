"""Keeps the pictures and the sound of the timeline up to the clip that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from redub.core.clip import ClipFacts
from redub.i18n import _
from redub.media.peaks import peaks
from redub.media.thumbnails import thumbnails
from redub.services.editing import ShotView
from redub.ui.preview.images import image_of
from redub.ui.timeline.columns import PER_SECOND
from redub.ui.timeline.loader import Loader
from redub.ui.timeline.thumbs import ThumbnailLane
from redub.ui.timeline.wave import WaveLane

_HEIGHT = 96
"""Pixels of a thumbnail: twice what a lane shows, for screens of double density."""


class ClipFeed(QObject):
    """Starts reading when another clip is shown, and hands what comes to the two lanes."""

    def __init__(self, thumbs: ThumbnailLane, wave: WaveLane, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbs, self._wave = thumbs, wave
        self._key: tuple[str, str] | None = None
        self._pictures = Loader("redub-thumbnails", self)
        self._sound = Loader("redub-peaks", self)
        self._pictures.piece.connect(self._on_picture)
        self._pictures.failed.connect(thumbs.clear)
        self._sound.piece.connect(wave.add)
        self._sound.finished.connect(wave.finish)
        self._sound.failed.connect(wave.clear)

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

    def _read(self, facts: ClipFacts) -> None:
        self._thumbs.clear(_("Reading the pictures…") if facts.video else _("This file has no picture."))
        if facts.video is not None:
            self._pictures.start(_picture_work(facts))
        self._wave.clear(_("This clip has no sound."), listening=facts.audio is not None)
        if facts.audio is not None:
            self._sound.start(_sound_work(facts))

    def _on_picture(self, piece: tuple[float, QImage]) -> None:
        self._thumbs.add(*piece)


def _picture_work(facts: ClipFacts) -> Callable[[Callable[[], bool]], Iterator[Any]]:
    video = facts.video
    shape = video.shown_width / max(1, video.shown_height) if video else 1.0
    count = max(12, min(80, round(30 / max(0.3, shape))))

    def work(cancelled: Callable[[], bool]) -> Iterator[tuple[float, QImage]]:
        for moment, picture in thumbnails(facts.path, count, _HEIGHT, cancelled):
            yield moment, image_of(picture)

    return work


def _sound_work(facts: ClipFacts) -> Callable[[Callable[[], bool]], Iterator[Any]]:
    def work(cancelled: Callable[[], bool]) -> Iterator[Any]:
        yield from peaks(facts.path, PER_SECOND, cancelled)

    return work
