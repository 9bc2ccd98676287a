"""Playing the reference and going to places in it."""

from __future__ import annotations

from redub.core.outputplan import segment
from redub.ui.verbs.tools import Tools


class PlayActions:
    """The transport, done by the preview."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._loops = False

    def toggle(self) -> None:
        """Play, or pause; the result, when that is what is shown."""
        if self._tools.stage is None:
            return
        if self._tools.window.arrangement.player_is_shown:
            self._tools.stage.player.play_pause()
        else:
            self._tools.stage.preview.play_pause()

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
        if self._tools.stage is not None:
            self._tools.stage.preview.shuttle(direction)

    def step(self, frames: int) -> None:
        """Go `frames` on, or back when negative."""
        if self._tools.stage is not None:
            self._tools.stage.preview.step(frames)

    def go_to_start(self) -> None:
        """Go to the first frame."""
        if self._tools.stage is not None:
            self._tools.stage.preview.to_start()

    def go_to_end(self) -> None:
        """Go to the last frame."""
        if self._tools.stage is not None:
            self._tools.stage.preview.to_end()

    def go_to_segment_start(self) -> None:
        """Go to where the segment starts."""
        self._go_to_edge(0)

    def go_to_segment_end(self) -> None:
        """Go to where the segment ends."""
        self._go_to_edge(1)

    def _go_to_edge(self, which: int) -> None:
        view = self._tools.editing.view
        if self._tools.stage is not None and view.facts is not None:
            edges = segment(view.facts.duration, view.shot.selection)
            self._tools.stage.preview.seek(edges[which])

    def play_prediction(self) -> None:
        """Play the result as it will be, or stop it."""
        if self._tools.stage is not None and not self._tools.window.arrangement.player_is_shown:
            self._tools.stage.preview.play_prediction()

    def toggle_loop(self) -> None:
        """Play the segment round and round, or not."""
        self._loops = not self._loops
        if self._tools.stage is not None:
            self._tools.stage.preview.set_looping(self._loops)
