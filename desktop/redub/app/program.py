"""One run of the program with its window: what it consists of, how it opens and how it ends."""

from __future__ import annotations

import asyncio
import importlib
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from redub import i18n
from redub.app.wiring import (
    AUDIO_PANEL,
    LISTENING_BAR,
    PROXY_FEED,
    RESULT_FEED,
    SOUNDING,
    join_services,
    wire_driving,
    wire_listening,
    wire_stage,
    wire_window,
)
from redub.cloud.sites import SITES
from redub.core.errors import RedubError
from redub.core.tasks import TaskRecord
from redub.i18n import _, ngettext
from redub.paths import Places
from redub.services.editing import Editing, ShotView
from redub.services.opening import open_workbench
from redub.services.scope import TaskScope
from redub.store import settingsfile as settings_file
from redub.store.settings import Settings
from redub.ui.collecting import Collector
from redub.ui.commands import COMMANDS, CommandActions
from redub.ui.findings import FindingsPanel
from redub.ui.notices import Notice, NoticeAction, NoticeLevel, Notices
from redub.ui.notices.hooks import tell
from redub.ui.options import OptionsPanel
from redub.ui.start import StartHint
from redub.ui.takes import TakesPanel
from redub.ui.tasks import Announcer, TasksFeed, TasksPanel
from redub.ui.theme import Theme, ThemeChoice
from redub.ui.verbs import Stage, Tools, WindowDesk
from redub.ui.verbs.batch import BatchActions
from redub.ui.verbs.conversions import ConversionActions
from redub.ui.verbs.deeds import DeedActions
from redub.ui.verbs.desk import situation
from redub.ui.verbs.driving import DrivingActions
from redub.ui.verbs.dropping import Dropping
from redub.ui.verbs.faces import FaceActions
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.firststeps import FirstSteps
from redub.ui.verbs.help import HelpActions
from redub.ui.verbs.interchange import InterchangeActions
from redub.ui.verbs.keys import KeyActions
from redub.ui.verbs.listening import ListenActions
from redub.ui.verbs.look import LookActions
from redub.ui.verbs.marks import MarkActions
from redub.ui.verbs.play import PlayActions
from redub.ui.verbs.quitting import may_quit
from redub.ui.verbs.recent import RecentActions
from redub.ui.verbs.recovery import RecoveryActions
from redub.ui.verbs.relinking import Relinking
from redub.ui.verbs.results import ResultActions
from redub.ui.verbs.review import ReviewActions
from redub.ui.verbs.script import ScriptActions
from redub.ui.verbs.scriptfiles import ScriptFileActions
from redub.ui.verbs.sending import Sending
from redub.ui.verbs.service import ServiceActions
from redub.ui.verbs.settings import SettingsActions
from redub.ui.verbs.takes import TakeActions
from redub.ui.verbs.templates import TemplateActions
from redub.ui.voice import VoicePanel
from redub.ui.window import Arrangement, Header, MainWindow, Panels, WindowMemory

if TYPE_CHECKING:
    from redub.services.choice import Choice
    from redub.services.workbench import Workbench
    from redub.ui.audio.panel import AudioPanel
    from redub.ui.instance.claim import Claim
    from redub.ui.listening.sounding import Sounding
    from redub.ui.preview.resultfeed import ResultFeed
    from redub.ui.verbs.handover import Handover

log = logging.getLogger(__name__)

_STAGE = (
    "redub.ui.preview.panel",
    "redub.ui.timeline.panel",
    "redub.ui.script.panel",
    "redub.ui.player.panel",
    LISTENING_BAR,
    SOUNDING,
    AUDIO_PANEL,
)
_FEEDS = (RESULT_FEED, PROXY_FEED)
"""What is only made when the services are open, and imported with the stage: it comes with the codecs too."""


class Program:
    """One run of the program with its window.

    :ivar ended: set when the program is to end
    :ivar ready: set when everything is open and the first shot is shown
    """

    result: ResultFeed | None = None
    sound: Sounding | None = None
    audio: AudioPanel | None = None
    handover: Handover | None = None

    def __init__(self, app: QApplication, places: Places, notices: Notices) -> None:
        self._app = app
        self._memory = WindowMemory(places.config)
        self._leaving = self._was_asked = False
        self._services = TaskScope("services", on_failure=_left_to_the_opener)
        self._opening: asyncio.Task[Workbench] | None = None
        self.ended, self.ready = asyncio.Event(), asyncio.Event()
        settings = _settings(places, notices)
        i18n.install(settings.language or None)
        titles = {name: site.title for name, site in SITES.items()}
        panels = Panels(
            takes=TakesPanel(),
            voice=VoicePanel(),
            options=OptionsPanel(),
            findings=FindingsPanel(),
            tasks=TasksPanel(titles),
        )
        self.hint = StartHint()
        theme = Theme(app, ThemeChoice(settings.theme))
        window = MainWindow(Header(), Arrangement(panels, self.hint), notices)
        self.tools = Tools(
            window=window,
            panels=panels,
            editing=Editing(derive=_nothing_known),
            notices=notices,
            scope=TaskScope("window", on_failure=self._on_failure),
            theme=theme,
            places=places,
            feed=TasksFeed(window),
            bench=asyncio.get_running_loop().create_future(),
        )
        self._collector = Collector(window)
        self._collector.start()
        self._build_verbs(titles)
        wire_window(self)

    def _build_verbs(self, titles: dict[str, str]) -> None:
        tools = self.tools
        self.script_files = ScriptFileActions(tools)
        self.files = FileActions(tools)
        self.dropping = Dropping(tools, self.files, self.script_files)
        self.announcer = Announcer(tools.window, wants=self._wants_to_hear)
        self.results = ResultActions(tools, self.announcer)
        self.deeds = DeedActions(tools, self.results, ReviewActions(tools))
        self.relinking = Relinking(tools)
        self.sending = Sending(tools, titles)
        recent = RecentActions(tools, self.files)
        self.first_steps = FirstSteps(tools, self.hint, self._memory)
        service = ServiceActions(tools, titles, self._on_service_changed)
        self.desk = WindowDesk(
            files=self.files,
            edit=tools.editing,
            marks=MarkActions(tools, self.files.choose, self.relinking.choose),
            conversions=ConversionActions(tools),
            faces=FaceActions(tools),
            play=PlayActions(tools),
            takes=TakeActions(tools, self.sending.make),
            batch=BatchActions(tools, self.sending, titles),
            listen=ListenActions(tools),
            script=ScriptActions(tools),
            driving=DrivingActions(tools, self.files.choose),
            script_files=self.script_files,
            service=service,
            settings=SettingsActions(tools, service, self.judge),
            look=LookActions(tools, self._keep_theme),
            help=HelpActions(tools, self.first_steps.show_again),
            keys=KeyActions(tools, recent),
            recent=recent,
            templates=TemplateActions(tools, self.files),
            recovery=RecoveryActions(tools, self.files),
            review=self.deeds.reviewing,
            interchange=InterchangeActions(tools),
        )
        explain = partial(tools.say, replace="command")
        self.actions = CommandActions(COMMANDS, self.desk, partial(situation, tools), explain, tools.window)
        self.desk.keys.begin(self.actions)
        recent.begin(self.actions)

    # Start.

    def show(self, size: tuple[int, int] | None) -> None:
        """Show the window as it was the last time, or in `size`."""
        self._memory.recall(self.tools.window)
        if size is not None:
            self.tools.window.resize(*size)
            self.tools.window.arrangement.settle(*size)
        self.first_steps.begin(shown=size is None)
        self.tools.window.show()

    def listen(self, claim: Claim) -> None:
        """Take over what later starts of the program are to open, when this one has the claim."""
        handover = importlib.import_module(
            "redub.ui.verbs.handover"
        )  # QtNetwork can wait until the window is shown
        self.handover = handover.Handover(self.tools, self.files, self.ready, claim)
        self.handover.begin()

    async def open(self, path: Path | None, choice: Choice | None) -> None:
        """Put in the stage, open the services, then the shot; what fails is told, and the rest goes on."""
        await self._put_stage()
        # Shielded: services that are half open when the person quits are opened to the end, and closed then.
        self._opening = self._services.start(open_workbench(self.tools.places, choice), name="open")
        bench: Workbench = await asyncio.shield(self._opening)
        join_services(self, bench)
        self.tools.bench.set_result(bench)
        self.desk.service.begin(bench)
        self.desk.settings.begin(bench)
        if bench.settings.notify_system:
            self.announcer.begin()
        records = await bench.ledger.read(lambda store: store.listed())
        self.tools.feed.begin_with(records)
        if bench.ledger.salvaged is not None:
            self.tools.notices.post_error(bench.ledger.salvaged.error())
        self._say_unclear(await bench.resume())
        self.results.warn_of_expiry(records)
        bench.queue.begin()
        await self._open_first(path)
        await self.desk.recovery.begin()
        await self.desk.review.begin(bench)
        self.ready.set()
        await self.desk.listen.show_favourites_now()
        await self.desk.service.fetch_voices_now()

    async def _put_stage(self) -> None:
        """Import the panels that come with codecs in a thread, and put them into the window."""
        preview, timeline, script, player, bar, sounding, audio, *_feeds = [
            await asyncio.to_thread(importlib.import_module, name) for name in (*_STAGE, *_FEEDS)
        ]
        stage = Stage(
            preview=preview.PreviewPanel(),
            timeline=timeline.TimelinePanel(),
            script=script.ScriptPanel(),
            player=player.PlayerPanel(),
        )
        self.tools.window.arrangement.put_stage(stage.preview, stage.timeline, stage.script, stage.player)
        wire_stage(self, stage)
        self.tools.stage = stage
        self.sound = sounding.Sounding(self.tools.window)
        wire_listening(self, bar.ListeningBar(), self.sound)
        self.audio = audio.AudioPanel()
        wire_driving(self, self.audio, self.sound)

    async def _open_first(self, path: Path | None) -> None:
        try:
            if path is None:
                await self.files.open_sample_now()
            else:
                await self.files.open_path(path)
        except RedubError as error:
            tell(self.tools.notices, error, "opening the first shot")

    def _say_unclear(self, unclear: tuple[TaskRecord, ...]) -> None:
        if unclear:
            count = len(unclear)
            said = ngettext(
                "It is not known whether {n} task was sent.",
                "It is not known whether {n} tasks were sent.",
                count,
            )
            more = _("The program ended while they were on their way. Nothing is sent again by itself.")
            settle = NoticeAction(_("Settle it"), partial(self.deeds.settle, unclear[0]))
            show = NoticeAction(_("Show"), partial(self.tools.panels.tasks.show_filter, "problem"))
            self.tools.notices.post(
                Notice(
                    level=NoticeLevel.WARNING,
                    text=said.format(n=count),
                    more=more,
                    actions=(settle if count == 1 else show,),
                )
            )

    # While it runs.

    def show_view(self, view: ShotView) -> None:
        """Show the shot's name in the window, and what is possible with it."""
        self.tools.window.show_view(view, self.tools.shot_name)
        self.first_steps.show()
        self.judge()

    def judge(self, *_news: object) -> None:
        """Say anew which commands are possible."""
        self.actions.judge()

    def _on_service_changed(self) -> None:
        self.judge()
        self.first_steps.show()

    def remark(self, sentence: str) -> None:
        """Say a word about what is on the stage; it takes the place of the one before."""
        self.tools.say(sentence, replace="stage")

    def _wants_to_hear(self) -> tuple[bool, bool]:
        """Say whether the system is to tell what has ended, and whether with a sound."""
        if not self.tools.bench.done() or self.tools.bench.cancelled():
            return False, False
        settings = self.tools.bench.result().settings
        return settings.notify_system, settings.notify_sound

    def _on_failure(self, name: str, failure: BaseException) -> None:
        tell(self.tools.notices, failure, name)

    def _keep_theme(self, theme: str) -> None:
        self.tools.start(self._save_theme(theme), "keep the theme")

    async def _save_theme(self, theme: str) -> None:
        bench = await self.tools.bench
        await bench.preferences.change(theme=theme)

    # End.

    def leave(self) -> None:
        """End the program, once the person has said what becomes of unsaved changes."""
        if not self._leaving:
            self._leaving = True
            self.tools.start(self._leave_asked(), "leave")

    async def _leave_asked(self) -> None:
        try:
            if await self.files.may_leave() and await may_quit(self.tools):
                self._was_asked = True
                self.ended.set()
        finally:
            self._leaving = False

    async def aclose(self) -> None:
        """End the window's work, the decoders and the services, then let the window go."""
        window = self.tools.window
        self._memory.keep(window)
        if self.handover is not None:
            self.handover.end()
        self.announcer.end()
        window.hide()
        if self.tools.bench.done() and not self.tools.bench.cancelled():
            self.tools.bench.result().storage.is_closing = (
                True  # an upload that is cut now goes on at the next start
            )
        await self.tools.scope.aclose()
        await self.desk.recovery.aclose(asked=self._was_asked)
        self.desk.review.close()
        if self.audio is not None:
            self.audio.close_recording()
        if self.sound is not None:
            self.sound.close()
        self.tools.editing.fall_silent()
        if self.tools.stage is not None:
            self.tools.stage.preview.close_clip()
            if self.result is not None:
                self.result.close()
            self.tools.stage.timeline.close_clip()
            self.desk.faces.close()
            self.tools.stage.player.close_clip()
        if self._opening is not None:
            (bench,) = await asyncio.gather(self._opening, return_exceptions=True)
            if not isinstance(bench, BaseException):
                await bench.aclose()
        self.tools.bench.cancel()
        self._collector.stop()
        window.may_close = True
        window.close()
        window.deleteLater()


def settings_path(places: Places) -> Path:
    """Return where the settings lie."""
    return places.config / settings_file.FILE_NAME


def _left_to_the_opener(name: str, failure: BaseException) -> None:
    """Keep quiet: `Program.open` waits for the services and tells why they cannot be opened."""
    log.debug("%s ended with %s", name, type(failure).__name__)


def _nothing_known(view: ShotView) -> ShotView:
    """Complete a view while the services are not open yet: with nothing."""
    return view


def _settings(places: Places, notices: Notices) -> Settings:
    """Return the settings, the defaults where they cannot be read: a window is shown all the same."""
    try:
        return settings_file.load(settings_path(places))
    except RedubError as error:
        notices.post_error(error)
        return Settings()
