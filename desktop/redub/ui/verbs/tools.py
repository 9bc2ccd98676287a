"""What the verbs of one window work with."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redub.core.history import Edit
from redub.i18n import _
from redub.paths import Places
from redub.services.editing import Editing
from redub.services.scope import TaskScope
from redub.ui.notices import Notice, NoticeLevel, Notices
from redub.ui.tasks import TasksFeed
from redub.ui.theme import Theme
from redub.ui.window import MainWindow, Panels

if TYPE_CHECKING:
    from redub.services.workbench import Workbench
    from redub.ui.player.panel import PlayerPanel
    from redub.ui.preview.panel import PreviewPanel
    from redub.ui.script.panel import ScriptPanel
    from redub.ui.timeline.panel import TimelinePanel


@dataclass(frozen=True, slots=True)
class Stage:
    """The panels that show and play media; they come with codecs and are built after the window is shown."""

    preview: PreviewPanel
    timeline: TimelinePanel
    script: ScriptPanel
    player: PlayerPanel


@dataclass(slots=True, weakref_slot=True)  # Qt keeps weak references to the objects whose methods it calls
class Tools:
    """The window, its panels and the services.

    :ivar stage: None until the window is shown
    :ivar bench: done when all services are open; whoever needs them waits for it
    :ivar sample_clip: path of the sample's clip, once the sample was opened
    :ivar site: name of the service that takes are sent to
    """

    window: MainWindow
    panels: Panels
    editing: Editing
    notices: Notices
    scope: TaskScope
    theme: Theme
    places: Places
    feed: TasksFeed
    bench: asyncio.Future[Workbench]
    stage: Stage | None = None
    sample_clip: str | None = None
    site: str = "rehearsal"
    sending: set[str] = field(default_factory=set)

    @property
    def is_sample(self) -> bool:
        """Say whether the sample is open and not yet a shot of the person's own."""
        view = self.editing.view
        reference = view.shot.reference
        is_its_clip = reference is not None and reference.path == self.sample_clip
        return is_its_clip and view.path is None

    @property
    def shot_name(self) -> str:
        """Return what the shot is called: its file's name, else its clip's."""
        view = self.editing.view
        if view.path is not None:
            return view.path.stem
        if self.is_sample:
            return _("Sample")
        reference = view.shot.reference
        place = (reference.path or reference.url or "") if reference is not None else ""
        last = place.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        return last.rsplit(".", 1)[0] or _("New shot")

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Run `work` beside everything else; its failure becomes a notice."""
        self.scope.start(work, name=name)

    def apply(self, edit: Edit) -> None:
        """Make one change of the shot."""
        self.editing.apply(edit)

    def seal(self) -> None:
        """End a drag: what follows is a step of its own."""
        self.editing.seal()

    def choose_take(self, take_id: str) -> None:
        """Work on another take."""
        self.editing.choose_take(take_id)

    def say(
        self, text: str, more: str = "", level: NoticeLevel = NoticeLevel.INFO, replace: str = ""
    ) -> None:
        """Post a notice."""
        self.notices.post(Notice(level=level, text=text, more=more, replace=replace))
