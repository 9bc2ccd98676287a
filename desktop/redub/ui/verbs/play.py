"""Playing and going to places: in the result when that is what is shown, else in the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from redub.core import times
from redub.core.outputplan import segment
from redub.i18n import _
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.ui.player.panel import PlayerPanel
    from redub.ui.preview.panel import PreviewPanel


class PlayActions:
    """The transport, done by the panel that is on the stage."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    @property
    def _shown(self) -> PreviewPanel | PlayerPanel | None:
        stage = self._tools.stage
        if stage is None:
            return None
        return stage.player if self._tools.window.arrangement.player_is_shown else stage.preview

    @property
    def _preview(self) -> PreviewPanel | None:
        """Return the preview while it is what is shown: what is about the reference is done nowhere else."""
        stage = self._tools.stage
        return None if stage is None or self._shown is stage.player else stage.preview

    def toggle(self) -> None:
        """Play, or pause."""
        if self._shown is not None:
            self._shown.play_pause()

    def play_backward(self) -> None:
        """Play backwards, faster each time."""
        self._shuttle(-1)

    def pause(self) -> None:
        """Stand still."""
        self._shuttle(0)

    def play_forward(self) -> None:
        """Play forwards, faster each time."""
        self._shuttle(1)

    def _shuttle(self, direction: int) -> None:
        if self._shown is not None:
            self._shown.shuttle(direction)

    def step(self, frames: int) -> None:
        """Go `frames` on, or back when negative."""
        if self._shown is not None:
            self._shown.step(frames)

    def go_by(self, seconds: float) -> None:
        """Go `seconds` on, or back when negative."""
        if self._shown is not None:
            self._shown.seek(self._shown.playback.cursor + seconds)

    def go_to_start(self) -> None:
        """Go to the first frame."""
        if self._shown is not None:
            self._shown.to_start()

    def go_to_end(self) -> None:
        """Go to the last frame."""
        if self._shown is not None:
            self._shown.to_end()

    def go_to_mark(self, by: int) -> None:
        """Go to the next mark (1), or to the last one before the cursor (-1)."""
        if self._tools.stage is not None and self._preview is not None:
            self._tools.stage.timeline.go_to_mark(by)

    def go_to_segment_start(self) -> None:
        """Go to where the segment starts."""
        self._go_to_edge(0)

    def go_to_segment_end(self) -> None:
        """Go to where the segment ends."""
        self._go_to_edge(1)

    def _go_to_edge(self, which: int) -> None:
        view = self._tools.editing.view
        if self._preview is not None and view.facts is not None:
            edges = segment(view.facts.duration, view.shot.selection)
            self._preview.seek(edges[which])

    def go_to_time(self) -> None:
        """Let a moment be typed."""
        if self._shown is not None:
            self._shown.transport.time.begin()

    def paste_time(self) -> None:
        """Go to the moment that lies in the clipboard, in whichever notation it is written."""
        preview = self._preview
        if preview is None:
            return
        text = QGuiApplication.clipboard().text().strip()
        moment = preview.transport.time.read(text)
        if moment is None:
            said = _("What was copied is no time.")
            more = _("A time is written as 7.24, 1:02.5, 00:00:07:06 or f181.")
            self._tools.say(said, more, replace="stage")
        else:
            preview.seek(moment)

    def copy_time(self) -> None:
        """Put the moment of the cursor into the clipboard, written as it is on screen."""
        preview = self._preview
        if preview is not None:
            written = times.show(preview.cursor, preview.notation, preview.frame_rate)
            QGuiApplication.clipboard().setText(written)

    def next_notation(self) -> None:
        """Write times in the next notation."""
        if self._preview is not None:
            self._preview.next_notation()

    def play_segment(self) -> None:
        """Play the segment once."""
        if self._preview is not None:
            self._preview.play_segment()

    def play_prediction(self) -> None:
        """Play the result as it will be, or stop it."""
        if self._preview is not None:
            self._preview.play_prediction()

    def toggle_loop(self) -> None:
        """Play the segment round and round, or not."""
        if self._shown is not None:
            self._shown.toggle_loop()
