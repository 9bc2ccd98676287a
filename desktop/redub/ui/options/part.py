"""Which clip, and which part of it: MakeType with its times."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox

from redub.core import edits
from redub.core.part import used_part
from redub.core.shot import MakeType, Source
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.sourcefield import SourceField
from redub.ui.controls.timefield import TimeField
from redub.ui.options.choices import Choices, Way
from redub.ui.options.group import Group


def _ways() -> tuple[Way, ...]:
    return (
        Way(MakeType.DEFAULT, _("The whole clip"), _("From the first frame; picked times do not count.")),
        Way(MakeType.CUSTOM, _("A segment"), _("From a start to an end, longer than 5 seconds.")),
        Way(
            MakeType.CUSTOM_ONLY_START,
            _("From a start to the end"),
            _("Begins where you say and goes there and back when the speech is longer."),
        ),
        Way(
            MakeType.CIRCLE,
            _("A circle"),
            _("The result ends on the frame that it began with, so that it can be played round and round."),
        ),
    )


class PartGroup(Group):
    """RefVideoUrl, MakeType, StartTime, EndTime."""

    def __init__(self) -> None:
        super().__init__(_("Which part of the clip"))
        self._view: ShotView | None = None
        self._can_cut = False
        self._clip = SourceField(_("Reference clip"))
        self._clip.picked.connect(self._on_clip)
        self._clip.choose_wanted.connect(partial(self.choose_wanted.emit, "RefVideoUrl"))
        self.add_row(_("Reference clip"), "RefVideoUrl", self._clip)
        self._make_type = Choices(_("Which part of the clip is used"), _ways())
        self._make_type.chosen.connect(self._on_make_type)
        self.add_row(_("Use"), "VideoParam.MakeType", self._make_type)
        self._start = TimeField(_("Start of the segment"))
        self._start.picked.connect(self._on_start)
        self.add_beside(_("Start"), "VideoParam.StartTime", self._start)
        self._end = TimeField(_("End of the segment"))
        self._end.picked.connect(self._on_end)
        self.add_beside(_("End"), "VideoParam.EndTime", self._end)
        self._only_part = QCheckBox(_("Convert and send only this part"))
        self._only_part.clicked.connect(self._on_only_part)
        says = _("With two seconds on each side. Picked times move with it; the result is the same.")
        self.add_row("", "", self._only_part, says)

    def show_view(self, view: ShotView) -> None:
        """Show the reference and its selection."""
        self._view = view
        selection = view.shot.selection
        self._clip.show_source(view.shot.reference)
        self._make_type.show_value(selection.make_type)
        video = view.facts.video if view.facts is not None else None
        fps = video.frame_rate if video is not None else 25.0
        self._start.show_time(selection.start, fps)
        self._end.show_time(selection.end, fps)
        could = view.facts is not None and used_part(view.facts, selection) is not None
        has_address = bool(view.shot.reference and view.shot.reference.url)
        self._can_cut = could and not has_address
        self._only_part.setChecked(view.part is not None)

    def _on_clip(self, source: Source | None) -> None:
        self.tell(_("Choose a clip"), partial(edits.set_reference, reference=source))

    def _on_make_type(self, make_type: MakeType) -> None:
        self.tell(_("Choose the part of the clip"), partial(edits.set_make_type, make_type=make_type))

    def set_void(self, reasons: dict[str, str]) -> None:
        """Grey what has no effect, and the choice of a part where there is none."""
        super().set_void(reasons)
        self._only_part.setEnabled(self._can_cut)

    def _on_only_part(self, checked: bool) -> None:
        words = _("Send only the part that is used") if checked else _("Send the whole clip")
        self.tell(words, partial(edits.send_only_part, only_part=checked))

    def _on_start(self, moment: float | None) -> None:
        if self._view is not None:
            changed = replace(self._view.shot.selection, start=moment)
            self.tell(_("Set the start"), partial(edits.set_selection, selection=changed))

    def _on_end(self, moment: float | None) -> None:
        if self._view is not None:
            changed = replace(self._view.shot.selection, end=moment)
            self.tell(_("Set the end"), partial(edits.set_selection, selection=changed))
