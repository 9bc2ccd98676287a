"""Keeps the faces that the window shows up to the clip that is open and the take that is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from redub.core.clip import ClipFacts
from redub.core.shot import Options
from redub.i18n import _
from redub.services.editing import ShotView
from redub.services.faces import ClipFaces, FaceBook
from redub.ui.timeline.facelane import FaceLane
from redub.ui.timeline.loader import Loader


class FaceFeed(QObject):
    """Looks for faces in a thread when another clip or another photo is chosen, and hands them to the lane.

    Signals: `read` when all faces of the clip are known, or when whose lips move has changed.
    """

    read = Signal()

    def __init__(self, book: FaceBook, lane: FaceLane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._lane = book, lane
        self._key: tuple[str, str] | None = None
        self._options: Options | None = None
        self._has_failed = False
        self._loader = Loader("redub-faces", self)
        self._loader.piece.connect(self._on_faces)
        self._loader.failed.connect(self._on_failed)

    @property
    def faces(self) -> ClipFaces | None:
        """Return the faces of the open clip; None until the whole clip was looked at."""
        shown = self._lane.faces
        return shown if shown is not None and shown.complete else None

    @property
    def is_looking(self) -> bool:
        """Say whether faces are being looked for right now."""
        return self._key is not None and self.faces is None and not self._has_failed

    @property
    def why_not(self) -> str:
        """Return why the faces are not known, "" when they are."""
        if self.faces is not None:
            return ""
        failed = self._lane.accessibleDescription() if self._has_failed else ""
        return failed or _("Faces are still being looked for. Try again in a moment.")

    def show_view(self, view: ShotView) -> None:
        """Look anew when the clip is another one; decide anew when the face of the take is another one."""
        facts = view.facts if view.facts is not None and view.facts.video is not None else None
        key = (facts.path, facts.content_key) if facts is not None else None
        wanted = _about_faces(view.take.options if view.take is not None else None)
        if key != self._key:
            self._loader.cancel()
            self._lane.show_faces(None, _("Looking for faces…") if facts is not None else "")
            if facts is not None:
                self._loader.start(_reading(self._book, facts, wanted))
        elif wanted != self._options and self.faces is not None:
            self._loader.start(_choosing(self._book, self.faces, wanted))
        elif wanted != self._options and facts is not None:
            self._loader.start(_reading(self._book, facts, wanted))
        self._has_failed = self._has_failed and key == self._key
        self._key, self._options = key, wanted

    def close(self) -> None:
        """Stop looking, and wait; no clip is open any more."""
        self._key = None
        self._loader.close()

    def _on_faces(self, faces: ClipFaces) -> None:
        self._lane.show_faces(faces)
        if faces.complete:
            self.read.emit()

    def _on_failed(self, why: str) -> None:
        self._has_failed = True
        self._lane.show_faces(None, why)


def _about_faces(options: Options | None) -> Options | None:
    """Return only those options that decide whose lips move."""
    if options is None:
        return None
    return replace(Options(), ref_photo=options.ref_photo, track_face=options.track_face)


def _reading(
    book: FaceBook, facts: ClipFacts, options: Options | None
) -> Callable[[Callable[[], bool]], Iterator[ClipFaces]]:
    return lambda stopped: book.read(facts, options, stopped)


def _choosing(
    book: FaceBook, faces: ClipFaces, options: Options | None
) -> Callable[[Callable[[], bool]], Iterator[ClipFaces]]:
    def work(_stopped: Callable[[], bool]) -> Iterator[ClipFaces]:
        yield book.choose(faces, options)

    return work
