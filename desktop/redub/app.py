"""The composition root of the window: builds everything once, passes it on, runs the loop, and ends in order.

Start, in this order:

1.  Qt, the theme, the notices; from here on every uncaught error becomes a notice and a line of the log.
2.  The window with the panels that need no codecs. It is shown now, and takes keys.
3.  In a thread: codecs, network, services are imported and opened (`Workbench`).
4.  The panels that show and play media are put into their places.
5.  The shot, clip or sample is opened; unfinished tasks of an earlier run go on; the voices are asked for.

End, in this order: the window asks to be closed, unsaved changes are asked about, the window hides, the window's
work is cancelled and awaited, decoders end, the services close (what is under way there is written down and goes on
at the next start), the window goes, the loop ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import qasync  # isort: skip
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import redub
from redub.cloud.sites import SITES
from redub.core.errors import RedubError
from redub.core.tasks import TaskRecord
from redub.i18n import _, ngettext
from redub.paths import Places
from redub.services.editing import Editing, ShotView
from redub.services.opening import open_workbench
from redub.services.scope import TaskScope
from redub.store import settings as settings_file
from redub.ui.collecting import Collector
from redub.ui.commands import COMMANDS, CommandActions
from redub.ui.findings import FindingsPanel
from redub.ui.icons import icon
from redub.ui.notices import NoticeLevel, Notices
from redub.ui.notices.hooks import hooked, tell, watch_loop
from redub.ui.options import OptionsPanel
from redub.ui.start import StartHint
from redub.ui.takes import TakesPanel
from redub.ui.tasks import TasksFeed, TasksPanel
from redub.ui.theme import Theme, ThemeChoice
from redub.ui.verbs import Stage, Tools, WindowDesk
from redub.ui.verbs.desk import situation
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.help import HelpActions
from redub.ui.verbs.look import LookActions
from redub.ui.verbs.looking import Looking
from redub.ui.verbs.marks import MarkActions
from redub.ui.verbs.play import PlayActions
from redub.ui.verbs.results import ResultActions
from redub.ui.verbs.sending import Sending
from redub.ui.verbs.service import ServiceActions
from redub.ui.verbs.takes import TakeActions
from redub.ui.voice import VoicePanel
from redub.ui.window import Arrangement, Header, MainWindow, Panels, WindowMemory

if TYPE_CHECKING:
    from redub.services.choice import Choice
    from redub.services.workbench import Workbench
    from redub.ui.preview.resultfeed import ResultFeed

log = logging.getLogger(__name__)

INTERRUPTED = 130
_RESULT = "redub.ui.preview.resultfeed"
_STAGE = (
    "redub.ui.preview.panel",
    "redub.ui.timeline.panel",
    "redub.ui.script.panel",
    "redub.ui.player.panel",
    _RESULT,
)
_LOOKS_THE_SAME_AFTER = 0.4
_LONGEST_ANALYSIS = 60.0


def main(
    path: Path | None,
    places: Places,
    *,
    choice: Choice | None = None,
    screenshot: Path | None = None,
    size: tuple[int, int] = (1440, 900),
) -> int:
    """Show the window on `path` (a shot or a clip, the sample when None) until the person quits; return the exit code.

    :param choice: what this run was told about the service
    :param screenshot: write a picture of the window here when everything in it is drawn, and quit
    :param size: pixels of the window for the picture
    """
    app = application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        try:
            return runner.run(_run(app, path, places, choice, screenshot, size))
        except KeyboardInterrupt:
            return INTERRUPTED


def application() -> QApplication:
    """Return the application object, made when there is none yet."""
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(["redub"])
    app.setApplicationName("redub")
    app.setApplicationDisplayName("Redub")
    app.setApplicationVersion(redub.__version__)
    app.setDesktopFileName("redub")
    # Closing the last window must not stop the loop under work that still runs.
    app.setQuitOnLastWindowClosed(False)
    return app


async def _run(
    app: QApplication,
    path: Path | None,
    places: Places,
    choice: Choice | None,
    screenshot: Path | None,
    size: tuple[int, int],
) -> int:
    notices = Notices()
    loop = asyncio.get_running_loop()
    watch_loop(loop, notices)
    with hooked(notices):
        program = Program(app, places, notices)
        _end_on_sigterm(loop, program.ended)
        program.show(None if screenshot is None else size)
        program.tools.start(program.open(path, choice), "open the program")
        if screenshot is not None:
            program.tools.start(program.take_picture(screenshot), "take a picture of the window")
        try:
            await program.ended.wait()
        finally:
            await program.aclose()
    return 0


def _end_on_sigterm(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    """End in order when the system asks for it; the handler goes with the loop."""
    with contextlib.suppress(NotImplementedError):  # Windows has no SIGTERM handlers
        loop.add_signal_handler(signal.SIGTERM, ended.set)


class Program:
    """One run of the program with its window.

    :ivar ended: set when the program is to end
    :ivar ready: set when everything is open and the first shot is shown
    """

    result: ResultFeed | None = None

    def __init__(self, app: QApplication, places: Places, notices: Notices) -> None:
        self._app = app
        self._memory = WindowMemory(places.config)
        self._leaving = False
        self._keeps_hint = False
        self._services = TaskScope("services", on_failure=_left_to_the_opener)
        self._opening: asyncio.Task[Workbench] | None = None
        self.ended, self.ready = asyncio.Event(), asyncio.Event()
        titles = {name: site.title for name, site in SITES.items()}
        panels = Panels(
            takes=TakesPanel(),
            voice=VoicePanel(),
            options=OptionsPanel(),
            findings=FindingsPanel(),
            tasks=TasksPanel(titles),
        )
        self.hint = StartHint()
        theme = Theme(app, _chosen_theme(places, notices))
        window = MainWindow(Header(), Arrangement(panels, self.hint), notices)
        window.setWindowIcon(icon("still", "accent"))
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
        self._wire()

    def _build_verbs(self, titles: dict[str, str]) -> None:
        tools = self.tools
        self.files = FileActions(tools)
        self.results = ResultActions(tools)
        self.sending = Sending(tools, titles)
        self.desk = WindowDesk(
            files=self.files,
            edit=tools.editing,
            marks=MarkActions(tools, self.files.choose),
            play=PlayActions(tools),
            takes=TakeActions(tools, self.sending.make),
            service=ServiceActions(tools, titles, self._judge),
            look=LookActions(tools, self._keep_theme),
            help=HelpActions(tools),
        )
        explain = partial(tools.say, replace="command")
        self.actions = CommandActions(COMMANDS, self.desk, partial(situation, tools), explain, tools.window)

    def _wire(self) -> None:
        tools, panels, desk = self.tools, self.tools.panels, self.desk
        tools.window.bind(self.actions)
        tools.window.close_requested.connect(self._on_close_requested)
        tools.window.dropped.connect(self.files.take_in)
        for panel in (panels.takes, panels.voice, panels.options, panels.findings):
            panel.edit_wanted.connect(tools.apply)
            panel.edit_ended.connect(tools.seal)
            tools.editing.listen(panel.show_view)
        panels.takes.take_chosen.connect(tools.choose_take)
        panels.takes.add_wanted.connect(desk.takes.add)
        panels.takes.duplicate_wanted.connect(desk.takes.duplicate)
        panels.takes.remove_wanted.connect(desk.takes.remove)
        panels.takes.rename_wanted.connect(desk.takes.rename)
        panels.options.choose_wanted.connect(self.files.choose)
        panels.options.still_wanted.connect(desk.marks.still_here)
        panels.findings.remedy_wanted.connect(desk.marks.resolve)
        panels.findings.finding_chosen.connect(desk.marks.go_to)
        panels.voice.timbres_wanted.connect(desk.service.fetch_voices)
        self._wire_tasks()
        self.hint.open_wanted.connect(self.files.open_clip)
        self.hint.closed.connect(self._on_hint_closed)
        tools.editing.listen(self._on_view)

    def _wire_tasks(self) -> None:
        panels, feed = self.tools.panels, self.tools.feed
        feed.records_changed.connect(panels.tasks.show_tasks)
        feed.records_changed.connect(panels.takes.show_tasks)
        feed.progress_changed.connect(panels.tasks.show_progress)
        feed.record_moved.connect(self.results.tell)
        panels.tasks.play_wanted.connect(self.results.play)
        panels.tasks.folder_wanted.connect(self.results.show_folder)

    # Start.

    def show(self, size: tuple[int, int] | None) -> None:
        """Show the window as it was the last time, or in `size`."""
        self._memory.recall(self.tools.window)
        if size is not None:
            self.tools.window.resize(*size)
            self.tools.window.arrangement.settle(*size)
        self._keeps_hint = not self._memory.hint_is_closed and size is None
        self.tools.window.show()

    async def open(self, path: Path | None, choice: Choice | None) -> None:
        """Put in the stage, open the services, then the shot; what fails is told, and the rest goes on."""
        await self._put_stage()
        # Shielded: services that are half open when the person quits are opened to the end, and closed then.
        self._opening = self._services.start(open_workbench(self.tools.places, choice), name="open")
        bench: Workbench = await asyncio.shield(self._opening)
        self._join(bench)
        self.tools.bench.set_result(bench)
        self.desk.service.begin(bench)
        self.tools.feed.begin_with(await bench.ledger.read(lambda store: store.all()))
        self._say_unclear(await bench.resume())
        await self._open_first(path)
        self.ready.set()
        await self.desk.service.fetch_voices_now()

    async def _put_stage(self) -> None:
        """Import the panels that come with codecs in a thread, and put them into the window."""
        preview, timeline, script, player, _result = [
            await asyncio.to_thread(importlib.import_module, name) for name in _STAGE
        ]
        stage = Stage(
            preview=preview.PreviewPanel(),
            timeline=timeline.TimelinePanel(),
            script=script.ScriptPanel(),
            player=player.PlayerPanel(),
        )
        self.tools.window.arrangement.put_stage(stage.preview, stage.timeline, stage.script, stage.player)
        self._wire_stage(stage)
        self.tools.stage = stage

    def _wire_stage(self, stage: Stage) -> None:
        editing = self.tools.editing
        for panel in (stage.timeline, stage.script):
            panel.edit_wanted.connect(self.tools.apply)
            panel.edit_ended.connect(self.tools.seal)
        for listener in (stage.preview.show_view, stage.timeline.show_view, stage.script.show_view):
            editing.listen(listener)
        stage.timeline.seek_wanted.connect(stage.preview.seek)
        stage.timeline.peek_wanted.connect(stage.preview.peek)
        stage.timeline.step_wanted.connect(stage.preview.step)
        stage.preview.cursor_moved.connect(stage.timeline.show_cursor)
        stage.preview.cursor_moved.connect(self._judge)
        stage.preview.notation_picked.connect(stage.timeline.set_notation)
        stage.preview.open_wanted.connect(self.files.open_clip)
        stage.preview.clip_dropped.connect(self._on_clip_dropped)
        stage.preview.notice_wanted.connect(self._on_remark)
        stage.player.notice_wanted.connect(self._on_remark)
        stage.player.closed.connect(self.results.close)

    def _join(self, bench: Workbench) -> None:
        """Let the window hear of everything that the services do, and look into media from now on."""
        feed = self.tools.feed
        bench.ledger.changes.listen(feed.tell)
        bench.news.changes.listen(lambda _id: feed.report(bench.news.progress))
        bench.conversions.changes.listen(self.tools.panels.tasks.conversions.show_jobs)
        self.tools.panels.tasks.conversions.cancel_wanted.connect(bench.conversions.cancel)
        self.tools.editing.derive = bench.deriver.derive
        self._join_result(bench)
        self.tools.editing.listen(Looking(self.tools).show_view)

    def _join_result(self, bench: Workbench) -> None:
        """Let the result be played before it is paid for; from then on its length is the spoken one."""
        tools, stage = self.tools, self.tools.stage
        if stage is None:
            return
        module = importlib.import_module(_RESULT)  # with the codecs: loaded together with the stage
        self.result = module.join_result(
            stage.preview,
            stage.timeline.lanes.result,
            tools.editing,
            tools.apply,
            tools.places.cache,
            lambda: bench.voices.known,
        )

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
            self.tools.say(said.format(n=count), more, NoticeLevel.WARNING)

    # While it runs.

    def _on_view(self, view: ShotView) -> None:
        self.tools.window.show_view(view, self.tools.shot_name)
        self.hint.setVisible(self.tools.is_sample and self._keeps_hint)
        self._judge()

    def _judge(self, *_news: object) -> None:
        self.actions.judge()

    def _on_hint_closed(self) -> None:
        self._keeps_hint = False
        self._memory.close_hint()
        self.hint.hide()

    def _on_clip_dropped(self, path: str) -> None:
        self.files.take_in((Path(path),))

    def _on_remark(self, sentence: str) -> None:
        self.tools.say(sentence, replace="stage")

    def _on_failure(self, name: str, failure: BaseException) -> None:
        tell(self.tools.notices, failure, name)

    def _keep_theme(self, theme: str) -> None:
        self.tools.start(self._save_theme(theme), "keep the theme")

    async def _save_theme(self, theme: str) -> None:
        file = settings_path(self.tools.places)
        present = await asyncio.to_thread(settings_file.load, file)
        await asyncio.to_thread(settings_file.save, replace(present, theme=theme), file)

    # End.

    def _on_close_requested(self) -> None:
        if not self._leaving:
            self._leaving = True
            self.tools.start(self._leave(), "leave")

    async def _leave(self) -> None:
        try:
            if await self.files.may_leave():
                self.ended.set()
        finally:
            self._leaving = False

    async def aclose(self) -> None:
        """End the window's work, the decoders and the services, then let the window go."""
        window = self.tools.window
        self._memory.keep(window)
        window.hide()
        await self.tools.scope.aclose()
        if self.tools.stage is not None:
            self.tools.stage.preview.close_clip()
            if self.result is not None:
                self.result.close()
            self.tools.stage.timeline.close_clip()
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

    # The picture for the README.

    async def take_picture(self, target: Path) -> None:
        """Write a picture of the window when nothing in it moves any more, and quit."""
        try:
            async with asyncio.timeout(_LONGEST_ANALYSIS):
                await self.ready.wait()
                picture = await self._still_picture()
            picture.save(str(target))
        finally:
            self.ended.set()

    async def _still_picture(self) -> QImage:
        """Return the window's picture once two in a row are the same: thumbnails, waveform, voices are there then."""
        before, now = QImage(), self.tools.window.grab().toImage()
        while before != now or self._is_looking:
            await asyncio.sleep(_LOOKS_THE_SAME_AFTER)
            before, now = now, self.tools.window.grab().toImage()
        return now

    @property
    def _is_looking(self) -> bool:
        """Say whether the clip is still being looked at."""
        view = self.tools.editing.view
        return view.shot.reference is not None and view.facts is None and not view.trouble


def settings_path(places: Places) -> Path:
    """Return where the settings lie."""
    return places.config / settings_file.FILE_NAME


def _left_to_the_opener(name: str, failure: BaseException) -> None:
    """Keep quiet: `Program.open` waits for the services and tells why they cannot be opened."""
    log.debug("%s ended with %s", name, type(failure).__name__)


def _nothing_known(view: ShotView) -> ShotView:
    """Complete a view while the services are not open yet: with nothing."""
    return view


def _chosen_theme(places: Places, notices: Notices) -> ThemeChoice:
    try:
        return ThemeChoice(settings_file.load(settings_path(places)).theme)
    except RedubError as error:
        notices.post_error(error)
        return ThemeChoice.SYSTEM
