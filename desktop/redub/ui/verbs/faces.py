"""What a creator does with the faces of the clip: suggestions, and whose lips move."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from redub.core.faces import Person
from redub.core.shot import Source
from redub.i18n import _
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.faces import ClipFaces
    from redub.ui.faces.feed import FaceFeed
    from redub.ui.faces.persons import PersonsDialog, Shown


class FaceActions:
    """Suggest still intervals and a segment, list the persons, make a photo of one."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._feed: FaceFeed | None = None
        self._dialog: PersonsDialog | None = None

    def begin(self, feed: FaceFeed) -> None:
        """Work with what `feed` finds from now on."""
        self._feed = feed
        feed.read.connect(self._tools.editing.refresh)
        feed.read.connect(self._show_persons)

    @property
    def is_looking(self) -> bool:
        """Say whether faces are being looked for right now."""
        return self._feed is not None and self._feed.is_looking

    def close(self) -> None:
        """Stop looking, and wait."""
        if self._feed is not None:
            self._feed.close()

    def suggest_stills(self) -> None:
        """Mark still what cannot be driven in the segment."""
        from redub.services.faces import still_edit

        faces = self._known()
        if faces is None:
            return
        edit = still_edit(faces, self._tools.editing.view.shot)
        if edit is None:
            self._say(_("The face can be driven in the whole segment: nothing needs to stay still."))
            return
        self._tools.apply(edit)
        self._tools.seal()

    def suggest_segment(self) -> None:
        """Pick the longest part of the clip in which the face can be driven."""
        from redub.services.faces import segment_edit

        faces = self._known()
        if faces is None:
            return
        edit = segment_edit(faces)
        if edit is None:
            self._say(_("No part of the clip that is longer than 5 seconds shows a face that can be driven."))
            return
        self._tools.apply(edit)
        self._tools.seal()

    def persons(self) -> None:
        """List the persons of the clip."""
        if self._known() is None:
            return
        if self._dialog is None:
            from redub.ui.faces.persons import PersonsDialog

            self._dialog = PersonsDialog(self._tools.window)
            self._dialog.use_wanted.connect(self._use)
            self._dialog.service_wanted.connect(self._let_service_choose)
        self._dialog.show()
        self._show_persons()

    def _known(self) -> ClipFaces | None:
        if self._feed is None:
            return None
        if self._feed.why_not:
            self._say(self._feed.why_not)
        return self._feed.faces

    def _show_persons(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._tools.start(self._show_persons_now(), "show the persons")

    async def _show_persons_now(self) -> None:
        faces, view = self._known(), self._tools.editing.view
        if faces is None or view.facts is None or self._dialog is None:
            return
        shown = await asyncio.to_thread(_shown, view.facts.path, faces)
        photo = view.take.options.ref_photo if view.take is not None else None
        self._dialog.show_persons(shown, has_photo=photo is not None)

    def _use(self, number: int) -> None:
        self._tools.start(self._use_now(number), "make the photo of a person")

    async def _use_now(self, number: int) -> None:
        from redub.services.faces import photo_edit, photo_folder, write_photo

        faces, view = self._known(), self._tools.editing.view
        person = next((one for one in faces.persons if one.number == number), None) if faces else None
        if person is None or view.facts is None or view.take is None:
            return
        folder = photo_folder(view.path, self._tools.places.cache)
        path = await asyncio.to_thread(write_photo, view.facts, person, folder)
        self._tools.apply(photo_edit(view.take_id, Source(path=str(path))))
        self._tools.seal()
        self._say(_("This person speaks now."), _("The photo of the face lies in {path}.").format(path=path))

    def _let_service_choose(self) -> None:
        from redub.services.faces import photo_edit

        view = self._tools.editing.view
        if view.take is not None:
            self._tools.apply(photo_edit(view.take_id, None))
            self._tools.seal()

    def _say(self, text: str, more: str = "") -> None:
        self._tools.say(text, more, replace="faces")


def _shown(path: str, faces: ClipFaces) -> list[Shown]:
    """Return the rows of the list, with pictures; blocking."""
    from redub.media.faces.photo import photo_of
    from redub.ui.faces.persons import Shown

    def image(person: Person) -> QImage:
        return QImage.fromData(photo_of(path, person))

    return [Shown(person, image(person), person.number == faces.driven) for person in faces.persons]
