"""The desk of one window: all verbs, and the situation that they are judged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redub.services.editing import Editing
from redub.ui.commands import Situation
from redub.ui.verbs.batch import BatchActions
from redub.ui.verbs.conversions import ConversionActions
from redub.ui.verbs.driving import DrivingActions
from redub.ui.verbs.faces import FaceActions
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.help import HelpActions
from redub.ui.verbs.interchange import InterchangeActions
from redub.ui.verbs.keys import KeyActions
from redub.ui.verbs.listening import ListenActions
from redub.ui.verbs.look import LookActions
from redub.ui.verbs.marks import MarkActions
from redub.ui.verbs.play import PlayActions
from redub.ui.verbs.recent import RecentActions
from redub.ui.verbs.recovery import RecoveryActions
from redub.ui.verbs.review import ReviewActions
from redub.ui.verbs.script import ScriptActions
from redub.ui.verbs.scriptfiles import ScriptFileActions
from redub.ui.verbs.service import ServiceActions
from redub.ui.verbs.settings import SettingsActions
from redub.ui.verbs.takes import TakeActions
from redub.ui.verbs.templates import TemplateActions
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.ui.commands import Desk


@dataclass(frozen=True, slots=True)
class WindowDesk:
    """What the commands of a window work with."""

    files: FileActions
    edit: Editing
    marks: MarkActions
    conversions: ConversionActions
    faces: FaceActions
    play: PlayActions
    takes: TakeActions
    batch: BatchActions
    listen: ListenActions
    script: ScriptActions
    driving: DrivingActions
    script_files: ScriptFileActions
    service: ServiceActions
    settings: SettingsActions
    look: LookActions
    help: HelpActions
    keys: KeyActions
    recovery: RecoveryActions
    recent: RecentActions
    templates: TemplateActions
    review: ReviewActions
    interchange: InterchangeActions


def situation(tools: Tools) -> Situation:
    """Return what is so in the window right now."""
    view = tools.editing.view
    return Situation(
        view=view,
        site=tools.site,
        theme=tools.theme.choice.value,
        cursor=tools.stage.preview.cursor if tools.stage is not None else 0.0,
        sending=view.take_id in tools.sending,
        full_screen=tools.window.isFullScreen(),
        has_result=any(record.result for record in tools.feed.records),
    )


if TYPE_CHECKING:

    def _fits(desk: WindowDesk) -> Desk:
        return desk
