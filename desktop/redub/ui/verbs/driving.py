"""A sound as the driver: a part of a recording, the clip's own sound, the microphone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core import edits
from redub.core.history import Edit
from redub.core.outputplan import segment
from redub.core.shot import DriverType, Source, Take
from redub.i18n import _
from redub.ui.notices import NoticeLevel
from redub.ui.verbs.drops import Kind
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from redub.media.microphones import Microphone
    from redub.ui.audio.panel import AudioPanel
    from redub.ui.listening.sounding import Sounding

RECORDING = "recording"


class DrivingActions:
    """Let a take be driven by a sound."""

    def __init__(self, tools: Tools, choose: Callable[[str], object]) -> None:
        """Ask for files by `choose`, which is given a field of the API page."""
        self._tools, self._choose = tools, choose
        self._panel: AudioPanel | None = None
        self._sound: Sounding | None = None
        self._stop = asyncio.Event()

    def join(self, panel: AudioPanel, sound: Sounding) -> None:
        """Work with the panel of the recording from now on."""
        self._panel, self._sound = panel, sound
        panel.choose_wanted.connect(lambda: self._choose(Kind.RECORDING.value))
        panel.own_sound_wanted.connect(self.own_sound)
        panel.script_wanted.connect(self.speak_script)
        panel.part_wanted.connect(self.use_part)
        panel.play_wanted.connect(lambda path, start, end: sound.play(RECORDING, path, start, end))
        panel.quiet_wanted.connect(sound.stop)
        panel.recorder.look_wanted.connect(self.look_for_microphones)
        panel.recorder.record_wanted.connect(self.record)
        panel.recorder.stop_wanted.connect(lambda: self._stop.set())
        sound.moved.connect(self._on_moved)
        sound.state_changed.connect(self._on_state)

    def use_recording(self) -> None:
        """Let the current take be driven by a recording; the script stays for later."""
        self._change(_("Use a recording"), lambda take: replace(take, driver=DriverType.ORIGINAL_VOICE))
        self._tools.window.arrangement.show_panel("voice")

    def speak_script(self) -> None:
        """Let the current take speak its script; the recording stays for later."""
        self._change(_("Speak a script"), lambda take: replace(take, driver=DriverType.TEXT))

    def own_sound(self) -> None:
        """Let the current take be driven by the clip's own sound, of the segment that is used."""
        self._tools.start(self._own_sound(), "use the clip's own sound")

    def use_part(self, path: Path, start: float, end: float, even: bool) -> None:
        """Let the current take be driven by a part of a recording."""
        self._tools.start(self._use_part(path, start, end, even), "use a part of the recording")

    def look_for_microphones(self) -> None:
        """Look which microphones there are."""
        self._tools.start(self._look(), "look for microphones")

    def record(self, microphone: Microphone) -> None:
        """Record from a microphone until it is stopped; the recording drives the take."""
        self._tools.start(self._record(microphone), "record")

    async def _own_sound(self) -> None:
        bench = await self._tools.bench
        view = self._tools.editing.view
        if view.take is None or view.facts is None:
            return
        if view.facts.audio is None:
            self._tools.say(
                _("The clip has no sound."), _("Choose or make a recording."), NoticeLevel.WARNING
            )
            return
        start, end = segment(view.facts.duration, view.shot.selection)
        end = min(end, start + view.facts.audio.duration)
        made = await bench.driving.part(Path(view.facts.path), start, end, even=False)
        self._put(_("Use the clip's own sound"), view.take.id, made)

    async def _use_part(self, path: Path, start: float, end: float, even: bool) -> None:
        bench = await self._tools.bench
        panel, take_id = self._panel, self._tools.editing.view.take_id
        if panel is None:
            return
        panel.show_busy(True)
        try:
            made = await bench.driving.part(path, start, end, even=even)
        finally:
            panel.show_busy(False)
        self._put(_("Use a part of the recording"), take_id, made)

    async def _look(self) -> None:
        bench = await self._tools.bench
        found = await bench.driving.microphones()
        if self._panel is not None and not self._panel.recorder.recording:
            self._panel.recorder.show_microphones(found)

    async def _record(self, microphone: Microphone) -> None:
        bench = await self._tools.bench
        panel, take_id = self._panel, self._tools.editing.view.take_id
        if panel is None:
            return
        if self._sound is not None:
            self._sound.stop()  # what is heard would be recorded too
        self._stop = asyncio.Event()
        panel.recorder.show_recording(True)
        try:
            made = await bench.driving.record(microphone, self._stop, panel.recorder.show_level)
        finally:
            panel.recorder.show_recording(False)
        self._put(_("Record a voice"), take_id, made)

    def _put(self, words: str, take_id: str, path: Path) -> None:
        put_recording(self._tools, words, take_id, path)

    def _change(self, words: str, change: Callable[[Take], Take]) -> None:
        take = self._tools.editing.view.take
        if take is not None:
            self._tools.apply(Edit(words, partial(edits.set_take, take=change(take))))

    def _on_moved(self, seconds: float) -> None:
        if self._panel is not None and self._sound is not None and self._sound.owner == RECORDING:
            self._panel.show_playing(True, seconds)

    def _on_state(self) -> None:
        if self._panel is not None and self._sound is not None:
            self._panel.show_playing(self._sound.owner == RECORDING and self._sound.plays)


async def fitting_recording(tools: Tools) -> None:
    """Let the current take be driven by a copy of its recording's sound that the service takes, as one step."""
    bench = await tools.bench
    take = tools.editing.view.take
    if take is None or take.recording is None or not take.recording.path:
        return
    path = Path(take.recording.path)
    facts = await bench.preflight.look_at_clip(path)
    made = await bench.driving.part(path, 0.0, facts.duration, even=False)
    put_recording(tools, _("Use a fitting copy of the recording"), take.id, made)


def put_recording(tools: Tools, words: str, take_id: str, path: Path) -> None:
    """Let a take be driven by the file at `path`, as one step; the take may be gone meanwhile."""
    if take_id not in {take.id for take in tools.editing.view.shot.takes}:
        return

    def driven(take: Take) -> Take:
        return replace(take, driver=DriverType.ORIGINAL_VOICE, recording=Source(path=str(path)))

    tools.apply(Edit(words, lambda shot: edits.set_take(shot, driven(shot.take(take_id)))))
