"""The letters of authorization: that the person in the clip agrees."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from redub.core import edits
from redub.core.shot import Letters, Source
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.sourcefield import SourceField
from redub.ui.options.group import Group


class LettersGroup(Group):
    """IdentityWrittenUrl and IdentityVideoUrl."""

    def __init__(self) -> None:
        super().__init__(_("The person agrees"))
        self._letters = Letters()
        self._written = SourceField(_("Letter of authorization"))
        self._written.picked.connect(self._on_written)
        self._written.choose_wanted.connect(partial(self.choose_wanted.emit, "IdentityWrittenUrl"))
        says = _("A PDF of less than 10 MB.")
        self.add_row(_("Letter of authorization"), "IdentityWrittenUrl", self._written, says)
        self._video = SourceField(_("Authorization video"))
        self._video.picked.connect(self._on_video)
        self._video.choose_wanted.connect(partial(self.choose_wanted.emit, "IdentityVideoUrl"))
        says = _("An mp4 in which the person agrees, less than 5 GB.")
        self.add_row(_("Authorization video"), "IdentityVideoUrl", self._video, says)

    def show_view(self, view: ShotView) -> None:
        """Show the letters."""
        self._letters = view.shot.letters
        self._written.show_source(self._letters.written)
        self._video.show_source(self._letters.video)

    def _on_written(self, source: Source | None) -> None:
        letters = replace(self._letters, written=source)
        self.tell(_("Choose a letter of authorization"), partial(edits.set_letters, letters=letters))

    def _on_video(self, source: Source | None) -> None:
        letters = replace(self._letters, video=source)
        self.tell(_("Choose an authorization video"), partial(edits.set_letters, letters=letters))
