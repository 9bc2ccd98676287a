"""Marks at the cursor, the conversion of the reference, and what one click does about a finding."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from redub.core import edits
from redub.core.findings import Finding, Remedy
from redub.core.history import Edit
from redub.core.progress import Progress
from redub.core.shot import Source
from redub.i18n import _
from redub.ui.findings import remedy_edit
from redub.ui.notices import NoticeLevel
from redub.ui.verbs.driving import fitting_recording
from redub.ui.verbs.tools import Tools


class MarkActions:
    """The marks of the timeline, and the jobs and places that findings lead to."""

    def __init__(self, tools: Tools, choose: Callable[[str], object], relink: Callable[[], object]) -> None:
        self._tools = tools
        self._choose, self._relink = choose, relink

    def start_here(self) -> None:
        """Start the segment at the cursor."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.start_here()

    def end_here(self) -> None:
        """End the segment at the cursor."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.end_here()

    def whole_clip(self) -> None:
        """Use the whole clip."""
        self._tools.apply(Edit(_("Use the whole clip"), edits.use_whole_clip))

    def still_here(self) -> None:
        """Mark a still interval at the cursor."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.still_here()

    def select_longest_quiet(self) -> None:
        """Use the longest quiet part of the clip."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.select_longest_quiet()

    def mark_silence_still(self) -> None:
        """Leave the lips as filmed where the segment is quiet."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.mark_silence_still()

    def split_here(self) -> None:
        """Cut the still interval under the cursor in two."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.split_here()

    def remove(self) -> None:
        """Remove the still interval that has the focus or is under the cursor."""
        if self._tools.stage is not None:
            self._tools.stage.timeline.remove()

    def convert(self) -> None:
        """Convert the reference into the form that the service takes, so that making it need not wait for that."""
        self._tools.start(self._convert(), "convert the reference")

    def resolve(self, finding: Finding) -> None:
        """Do what one click does about `finding`."""
        view = self._tools.editing.view
        edit = remedy_edit(finding, view.take_id, view.facts.duration if view.facts else None)
        if edit is not None:
            self._tools.apply(edit)
            return
        jobs: dict[Remedy, Callable[[], object]] = {
            Remedy.CONVERT: self.convert,
            Remedy.RELINK: self._relink,
            Remedy.CHOOSE_CLIP: lambda: self._choose("RefVideoUrl"),
            Remedy.CHOOSE_RECORDING: lambda: self._choose("InputAudioUrl"),
            Remedy.CHOOSE_PHOTO: lambda: self._choose("VideoParam.RefPhotoUrl"),
            Remedy.CHOOSE_LETTER: lambda: self._choose("IdentityWrittenUrl"),
            Remedy.CHOOSE_LETTER_VIDEO: lambda: self._choose("IdentityVideoUrl"),
            Remedy.CHOOSE_LANGUAGE: lambda: self._tools.window.arrangement.show_panel("voice"),
            Remedy.LEGAL_RECORDING: lambda: self._tools.start(
                fitting_recording(self._tools), "fit the recording"
            ),
            Remedy.SCALE_PHOTO: lambda: self._tools.start(self._fit_photo(), "fit the photo"),
            Remedy.CHOOSE_VOICE: lambda: self._tools.window.arrangement.show_panel("voice"),
            Remedy.WRITE_SCRIPT: lambda: self._tools.window.arrangement.show_panel("script"),
        }
        job = jobs.get(finding.remedy)
        if job is not None:
            job()

    def go_to(self, finding: Finding) -> None:
        """Show the place that `finding` is about."""
        if finding.field == "InputSsml":
            self._tools.window.arrangement.show_panel("script")
        elif finding.field.startswith("SpeechParam"):
            self._tools.window.arrangement.show_panel("voice")
        else:
            self._tools.window.arrangement.show_panel("options")
            self._tools.panels.options.reveal(finding.field)

    async def _convert(self) -> None:
        view = self._tools.editing.view
        reference = view.shot.reference
        if reference is None or reference.path is None:
            return
        bench = await self._tools.bench
        await bench.conversions.legal_reference(reference.path, _unheard, view.part)
        self._tools.editing.refresh()
        said = _("The clip is ready for the service.")
        copy = bench.conversions.copy_of(view.facts, view.part) if view.facts else None
        more = _("The converted copy is used when it is sent; your file is as it was.")
        proof = f"{copy.proof} {more}" if copy else more
        self._tools.say(said, proof, NoticeLevel.OK, replace="convert")

    async def _fit_photo(self) -> None:
        """Put a copy of the photo that the service takes into the take, as one step that can be undone."""
        from redub.services.fittingphoto import fitting_copy

        take = self._tools.editing.view.take
        photo = take.options.ref_photo if take is not None else None
        if take is None or photo is None or not photo.path:
            return
        folder = self._tools.places.data / "photos"
        target = folder / f"{uuid.uuid4().hex[:8]}-{Path(photo.path).stem}.jpg"
        made = await asyncio.to_thread(fitting_copy, Path(photo.path), target)
        options = replace(take.options, ref_photo=Source(path=str(made)))
        change = partial(edits.set_options, take_id=take.id, options=options)
        self._tools.apply(Edit(_("Use a fitting copy of the photo"), change))


def _unheard(progress: Progress) -> None:
    """Let the line of conversions tell how far it is."""
    del progress
