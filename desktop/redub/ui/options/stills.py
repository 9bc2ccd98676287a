"""Where the lips stay as filmed, as a list of times: the same intervals as on the timeline, for the keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from redub.core import edits
from redub.core.shot import StillInterval
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import clear, column, row
from redub.ui.controls.timefield import TimeField
from redub.ui.controls.words import label
from redub.ui.options.group import Group


class StillLine(QWidget):
    """One still interval: two times and a button to remove it.

    Signals: `changed` with (start, end), `removed`.
    """

    changed = Signal(float, float)
    removed = Signal()

    def __init__(self, number: int, still: StillInterval, fps: float) -> None:
        super().__init__()
        self._still = still
        line = row(self)
        self._start = TimeField(_("Start of still interval {n}").format(n=number))
        self._end = TimeField(_("End of still interval {n}").format(n=number))
        self._start.show_time(still.start, fps)
        self._end.show_time(still.end, fps)
        self._start.picked.connect(self._on_start)
        self._end.picked.connect(self._on_end)
        line.addWidget(self._start)
        line.addWidget(label(_("to"), "quiet"))
        line.addWidget(self._end)
        line.addStretch(1)
        name = _("Remove still interval {n}").format(n=number)
        line.addWidget(tool_button("remove", name, self.removed.emit))

    def _on_start(self, moment: float | None) -> None:
        if moment is not None:
            self.changed.emit(moment, self._still.end)

    def _on_end(self, moment: float | None) -> None:
        if moment is not None:
            self.changed.emit(self._still.start, moment)


class StillsGroup(Group):
    """DisableIntervals.

    Signals: `still_wanted` when one is to be marked where the playhead stands.
    """

    still_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Where the lips stay as filmed"))
        self._shown: tuple[StillInterval, ...] | None = None
        box = QWidget()
        box.setAccessibleName(_("Still intervals"))
        whole = column(box)
        self._lines = column(gap=4)
        whole.addLayout(self._lines)
        self._none = label(_("Nowhere: the lips follow the speech all the time."), "quiet", wrap=True)
        whole.addWidget(self._none)
        add = row()
        add.addWidget(push_button(_("Mark one here"), self.still_wanted.emit, sign="still"))
        add.addStretch(1)
        whole.addLayout(add)
        self.add_row(
            _("Still intervals"),
            "VideoParam.DisableIntervals",
            box,
            _("Up to five: a cough, a hand before the mouth, a silence. Times are those of the clip."),
        )

    def show_view(self, view: ShotView) -> None:
        """Show the still intervals."""
        stills = view.shot.still_intervals
        if stills == self._shown:
            return
        self._shown = stills
        video = view.facts.video if view.facts is not None else None
        fps = video.frame_rate if video is not None else 25.0
        clear(self._lines)
        for place, still in enumerate(stills):
            self._lines.addWidget(self._line(place, still, fps))
        self._none.setVisible(not stills)

    def _line(self, place: int, still: StillInterval, fps: float) -> StillLine:
        made = StillLine(place + 1, still, fps)
        made.changed.connect(partial(self._on_changed, place))
        made.removed.connect(partial(self._on_removed, place))
        return made

    def _on_changed(self, place: int, start: float, end: float) -> None:
        change = partial(edits.resize_still, index=place, start=start, end=end)
        self.tell(_("Change a still interval"), change)

    def _on_removed(self, place: int) -> None:
        self.tell(_("Remove a still interval"), partial(edits.remove_still, index=place))
