"""Who hears whom: the signals between the panels, the verbs and the services of one program.

A new panel, verb or service is joined to the others in the function of its family here, and nowhere else.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from redub.ui.verbs import Stage
from redub.ui.verbs.looking import Looking

if TYPE_CHECKING:
    from redub.app.program import Program
    from redub.services.workbench import Workbench
    from redub.ui.audio.panel import AudioPanel
    from redub.ui.listening.bar import ListeningBar
    from redub.ui.listening.sounding import Sounding
    from redub.ui.preview.resultfeed import ResultFeed

RESULT_FEED = "redub.ui.preview.resultfeed"
LISTENING_BAR, SOUNDING = "redub.ui.listening.bar", "redub.ui.listening.sounding"
PROXY_FEED = "redub.ui.preview.proxyfeed"
MIB = 1024 * 1024
AUDIO_PANEL = "redub.ui.audio.panel"


def wire_window(program: Program) -> None:
    """Join the window, its hint and the panels that need no codecs to the verbs and to each other."""
    tools = program.tools
    tools.window.bind(program.actions)
    tools.window.close_requested.connect(program.leave)
    tools.window.dropped.connect(program.dropping.take_in)
    _wire_panels(program)
    _wire_tasks(program)
    program.hint.command_wanted.connect(program.actions.run)
    program.hint.closed.connect(program.first_steps.skip)
    tools.feed.records_changed.connect(program.first_steps.show)
    tools.editing.listen(program.show_view)


def _wire_panels(program: Program) -> None:
    tools, panels, desk = program.tools, program.tools.panels, program.desk
    for panel in (panels.takes, panels.voice, panels.options, panels.findings):
        panel.edit_wanted.connect(tools.apply)
        panel.edit_ended.connect(tools.seal)
        tools.editing.listen(panel.show_view)
    panels.takes.take_chosen.connect(tools.choose_take)
    panels.takes.add_wanted.connect(desk.takes.add)
    panels.takes.duplicate_wanted.connect(desk.takes.duplicate)
    panels.takes.remove_wanted.connect(desk.takes.remove)
    panels.takes.files_dropped.connect(program.dropping.take_in_takes)
    panels.takes.rename_wanted.connect(desk.takes.rename)
    panels.options.choose_wanted.connect(program.files.choose)
    panels.options.still_wanted.connect(desk.marks.still_here)
    panels.options.remedy_wanted.connect(desk.marks.resolve)
    panels.findings.remedy_wanted.connect(desk.marks.resolve)
    panels.findings.finding_chosen.connect(desk.marks.go_to)
    panels.voice.timbres_wanted.connect(desk.service.fetch_voices)
    panels.voice.sample_wanted.connect(desk.listen.sample)
    panels.voice.favourite_wanted.connect(desk.listen.favourite)


def _wire_tasks(program: Program) -> None:
    panels, feed = program.tools.panels, program.tools.feed
    feed.tasks_changed.connect(panels.tasks.change_tasks)
    feed.records_changed.connect(panels.takes.show_tasks)
    feed.progress_changed.connect(panels.tasks.show_progress)
    feed.record_moved.connect(program.results.tell)
    panels.tasks.play_wanted.connect(program.results.play)
    panels.tasks.folder_wanted.connect(program.results.show_folder)
    panels.tasks.conversions.queue_wanted.connect(program.desk.conversions.show)
    panels.tasks.details_wanted.connect(program.deeds.details)
    feed.records_changed.connect(program.judge)
    panels.tasks.menu_wanted.connect(program.deeds.menu)
    panels.tasks.forget_wanted.connect(program.deeds.forget)
    panels.tasks.move_wanted.connect(program.deeds.move)
    feed.records_changed.connect(program.results.count)
    program.announcer.shown_wanted.connect(program.tools.window.come_forward)
    program.announcer.quit_wanted.connect(program.leave)


def wire_stage(program: Program, stage: Stage) -> None:
    """Join the panels that show and play media to the rest."""
    editing = program.tools.editing
    for panel in (stage.timeline, stage.script):
        panel.edit_wanted.connect(program.tools.apply)
        panel.edit_ended.connect(program.tools.seal)
    for listener in (stage.preview.show_view, stage.timeline.show_view, stage.script.show_view):
        editing.listen(listener)
    program.desk.script.join(stage.script)
    stage.timeline.seek_wanted.connect(stage.preview.seek)
    stage.timeline.peek_wanted.connect(stage.preview.peek)
    stage.timeline.step_wanted.connect(stage.preview.step)
    stage.preview.cursor_moved.connect(stage.timeline.show_cursor)
    stage.preview.cursor_moved.connect(program.judge)
    stage.preview.times_known.connect(stage.timeline.show_times)
    stage.preview.notation_picked.connect(stage.timeline.set_notation)
    stage.preview.open_wanted.connect(program.files.open_clip)
    stage.preview.relink_wanted.connect(program.relinking.choose)
    stage.preview.notice_wanted.connect(program.remark)
    stage.player.notice_wanted.connect(program.remark)
    stage.player.closed.connect(program.results.close)
    stage.player.picture_wanted.connect(program.results.save_picture)


def wire_listening(program: Program, bar: ListeningBar, sound: Sounding) -> None:
    """Let the script be heard, with the row for it under script and voice."""
    tools, stage = program.tools, program.tools.stage
    if stage is None:
        return
    program.desk.listen.join(bar, sound, stage.script)
    tools.window.arrangement.put_under_tabs(bar)
    tools.editing.listen(program.desk.listen.show_view)
    _one_at_a_time(stage, sound)


def _one_at_a_time(stage: Stage, sound: Sounding) -> None:
    """Let whatever begins to be heard silence what was heard before."""

    def silence_pictures() -> None:
        if sound.plays:
            stage.preview.shuttle(0)
            stage.player.shuttle(0)

    def silence_sound(plays: bool) -> None:
        if plays:
            sound.stop()

    sound.state_changed.connect(silence_pictures)
    for playing in (stage.preview, stage.preview.prediction, stage.player):
        playing.playing_changed.connect(silence_sound)


def wire_driving(program: Program, panel: AudioPanel, sound: Sounding) -> None:
    """Let a take be driven by a recording, with the panel for it in place of the voice."""
    tools = program.tools
    tools.panels.voice.put_recording(panel)
    tools.panels.voice.recording_wanted.connect(program.desk.driving.use_recording)
    program.desk.driving.join(panel, sound)
    tools.editing.listen(panel.show_view)
    tools.editing.listen(lambda _view: panel.set_site(tools.site))


def join_services(program: Program, bench: Workbench) -> None:
    """Let the window hear of everything that the services do, and look into media from now on."""
    tools, feed = program.tools, program.tools.feed
    bench.ledger.changes.listen(feed.tell)
    bench.news.changes.listen(lambda _id: feed.report(bench.news.progress))
    bench.news.warned.listen(tools.notices.post_error)
    bench.conversions.changes.listen(tools.panels.tasks.conversions.show_jobs)
    tools.panels.tasks.conversions.cancel_wanted.connect(bench.conversions.cancel)
    program.desk.conversions.begin(bench)
    tools.editing.derive = bench.deriver.derive
    bench.lengths.changes.listen(lambda _none: tools.editing.refresh())
    program.result = _join_result(program, bench)
    _join_proxies(program, bench)
    _join_faces(program, bench)
    tools.editing.listen(Looking(tools).show_view)
    tools.editing.listen(program.relinking.show_view)


def _join_faces(program: Program, bench: Workbench) -> None:
    """Look for faces in every clip that is shown."""
    stage = program.tools.stage
    if stage is not None:
        module = importlib.import_module(
            "redub.ui.faces.feed"
        )  # with the codecs: loaded together with the stage
        feed = module.FaceFeed(bench.faces, stage.timeline.lanes.faces, program.tools.window)
        program.tools.editing.derive = bench.faces.completing(program.tools.editing.derive)
        program.desk.faces.begin(feed)
        program.tools.editing.listen(feed.show_view)


def _join_result(program: Program, bench: Workbench) -> ResultFeed | None:
    """Let the result be played before it is paid for; from then on its length is the spoken one."""
    tools, stage = program.tools, program.tools.stage
    if stage is None:
        return None
    module = importlib.import_module(RESULT_FEED)  # with the codecs: loaded together with the stage
    feed: ResultFeed = module.join_result(
        stage.preview,
        stage.timeline.lanes.result,
        tools.editing,
        tools.apply,
        tools.places.cache,
        lambda: bench.voices.known,
    )
    bench.listening.changes.listen(feed.take_heard)
    return feed


def _join_proxies(program: Program, bench: Workbench) -> None:
    """Let clips that are slow to seek in get a small copy, and pictures be kept as the settings allow."""
    stage = program.tools.stage
    if stage is None:
        return
    stage.preview.playback.keep_within(bench.settings.memory_budget_mib * MIB)
    program.tools.editing.listen(lambda view: bench.proxies.follow(view.facts, stage.preview.cursor))
    feed = importlib.import_module(PROXY_FEED).ProxyFeed(stage.preview)
    bench.proxies.changes.listen(feed.show_state)
