"""Hearing the script, hearing a voice, and letting the speech fit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from redub.core import edits
from redub.core.fitting import Proposal, proposals
from redub.core.history import Edit
from redub.core.scriptparts import part_offset, seconds_before
from redub.core.shot import DriverType, Take
from redub.core.timbre import Timbre
from redub.core.wordplaces import word_at
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.ask import Choice, ask_choice
from redub.ui.icons import icon
from redub.ui.listening.fitwords import SIGNS, edit_words, proposal_words
from redub.ui.listening.saying import segment_seconds
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.listening import Heard, Utterance
    from redub.services.workbench import Workbench
    from redub.ui.listening.bar import ListeningBar
    from redub.ui.listening.sounding import Sounding
    from redub.ui.script.panel import ScriptPanel

SCRIPT, SAMPLE = "script", "sample"
SERVICE, HERE, NOBODY = "service", "here", ""
"""Who speaks: the service's own voice, one of this machine, or nobody after all."""


@dataclass(frozen=True, slots=True)
class _Playing:
    """What is heard: the sound, the take it is of, the script it is a part of, and where it begins in the result."""

    heard: Heard
    take_id: str
    script: str
    offset: float


class ListenActions:
    """Hear the script and the voices.

    :ivar bar: the row under the script, None until it is there
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.bar: ListeningBar | None = None
        self._sound: Sounding | None = None
        self._script: ScriptPanel | None = None
        self._asking: asyncio.Task[None] | None = None
        self._playing: _Playing | None = None
        self._word: int | None = None
        self._sample_key = ""
        self._speakers: dict[str, str] = {}

    def join(self, bar: ListeningBar, sound: Sounding, script: ScriptPanel) -> None:
        """Work with the row, the sound and the panel of the script from now on."""
        self.bar, self._sound, self._script = bar, sound, script
        bar.hear_wanted.connect(self.hear)
        bar.stop_wanted.connect(self.stop)
        bar.seek_wanted.connect(sound.seek)
        bar.fit_wanted.connect(self.fit)
        sound.moved.connect(self._on_moved)
        sound.ended.connect(self._on_ended)
        sound.state_changed.connect(self._on_state)
        sound.failed.connect(lambda words: self._tools.say(words, replace="listen"))
        sound.notice_wanted.connect(lambda words: self._tools.say(words, replace="listen"))

    # Hear it.

    def hear(self) -> None:
        """Hear the script or what is selected of it; pause, or go on."""
        take = self._tools.editing.view.take
        if self._sound is None or take is None or take.driver is not DriverType.TEXT:
            return
        if self._sound.owner == SCRIPT and self._is_still(take):
            self._sound.pause() if self._sound.plays else self._sound.resume()
            return
        self.stop()
        self._sound.prepare()
        part = self._script.selected_ssml() if self._script is not None else ""
        start = self._script.current_field.selected_range()[0] if self._script is not None and part else 0
        self._asking = self._tools.scope.start(self._hear(take, part, start), name="hear the script")

    def stop(self) -> None:
        """Stop what is heard, and no longer wait for what is not there yet."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        if self._sound is not None:
            self._sound.stop()
        self._rest()

    def show_view(self, view: ShotView) -> None:
        """Stop when the words that are heard are no longer those of the script."""
        if self.bar is not None:
            self.bar.show_view(view)
        if self._playing is not None and (view.take is None or not self._is_still(view.take)):
            self.stop()

    async def _hear(self, take: Take, part: str, start: int) -> None:
        """Have the script spoken, or the `part` of it that begins at `start`, and play it."""
        from redub.services.listening import Utterance, moved  # comes with the workbench

        bench = await self._tools.bench
        bar, sound = self.bar, self._sound
        if bar is None or sound is None:
            return
        utterance = Utterance(ssml=part or take.script, speech=take.speech)
        bar.show_waiting("")
        try:
            speaker = await self._who_speaks(bench, utterance)
            if speaker == NOBODY:
                self._rest()
                return
            heard = await bench.listening.hear(utterance, bar.show_waiting, here=speaker == HERE)
        except BaseException:
            self._rest()
            raise
        by = part_offset(take.script, part, start) if part else 0
        self._playing = _Playing(moved(heard, by), take.id, take.script, seconds_before(take, by))
        self._tools.editing.refresh()
        bar.show_sound(heard.duration, plays=True)
        sound.play(SCRIPT, heard.path, 0.0, heard.duration)

    async def _who_speaks(self, bench: Workbench, utterance: Utterance) -> str:
        """Ask once in a run whether the service may be asked, which may cost; what it has spoken is free."""
        if not bench.listening.costs or await bench.listening.kept(utterance) is not None:
            return SERVICE
        site = bench.accounts.site_name
        if site not in self._speakers:
            answer = await ask_choice(
                self._tools.window,
                _("Let the service speak?"),
                _(
                    "Its own voice is exact, and your account may be charged for it. The same words are asked for "
                    "once. A voice of this machine costs nothing and only shows words and timing."
                ),
                (
                    Choice(SERVICE, _("Ask the service"), "primary"),
                    Choice(HERE, _("Voice of this machine")),
                    Choice(NOBODY, _("Cancel"), is_escape=True),
                ),
            )
            if answer == NOBODY:
                return NOBODY
            self._speakers[site] = answer
        return self._speakers[site]

    def _is_still(self, take: Take) -> bool:
        playing = self._playing
        return (
            playing is not None
            and take.id == playing.take_id
            and take.script == playing.script
            and take.speech == playing.heard.utterance.speech
        )

    def _on_moved(self, seconds: float) -> None:
        playing, stage = self._playing, self._tools.stage
        if playing is None or self.bar is None or stage is None:
            return
        self.bar.show_position(seconds)
        stage.timeline.lanes.result.show_playing(playing.offset + seconds)
        words = playing.heard.words
        word = word_at([one.start for one in words], [one.end for one in words], seconds)
        if word != self._word and self._script is not None:
            self._word = word
            place = None if word is None else (words[word].source_start, words[word].source_end)
            self._script.show_spoken(place)

    def _on_ended(self) -> None:
        self._rest()

    def _on_state(self) -> None:
        sound, bar = self._sound, self.bar
        if sound is None or bar is None:
            return
        if self._playing is not None and sound.owner == SCRIPT:
            bar.show_sound(self._playing.heard.duration, plays=sound.plays)
            bar.show_position(sound.position)
        elif self._playing is not None and not sound.plays:
            self._rest()
        key = self._sample_key if sound.owner == SAMPLE and sound.plays else ""
        self._tools.panels.voice.voices.show_playing(key)

    def _rest(self) -> None:
        """Show that nothing is heard."""
        self._playing, self._word = None, None
        if self.bar is not None:
            self.bar.show_idle()
        if self._script is not None:
            self._script.show_spoken(None)
        if self._tools.stage is not None:
            self._tools.stage.timeline.lanes.result.show_playing(None)

    # Voices.

    def sample(self, timbre: Timbre | None) -> None:
        """Hear the sample of a voice, None to be quiet."""
        self.stop()
        if timbre is not None and self._sound is not None:
            self._sound.prepare()
            self._asking = self._tools.scope.start(self._hear_sample(timbre), name="hear a voice")

    async def _hear_sample(self, timbre: Timbre) -> None:
        bench = await self._tools.bench
        path = await bench.samples.sample(timbre)
        if self._sound is not None and self._sound.trouble:
            self._tools.say(self._sound.trouble, replace="listen")
        elif self._sound is not None:
            self._sample_key = timbre.key
            self._sound.play(SAMPLE, path, 0.0, _AS_LONG_AS_IT_IS)

    def favourite(self, key: str, on: bool) -> None:
        """Make a voice a favourite, or no longer."""
        self._tools.start(self._favourite(key, on), "keep the favourites")

    async def show_favourites_now(self) -> None:
        """Read the favourites and show them."""
        bench = await self._tools.bench
        self._tools.panels.voice.voices.show_favourites(await bench.favourites.keys())

    async def _favourite(self, key: str, on: bool) -> None:
        bench = await self._tools.bench
        self._tools.panels.voice.voices.show_favourites(await bench.favourites.put(key, on))

    # Fit.

    def fit(self) -> None:
        """Offer ways to let the speech end before the clip turns round."""
        self._tools.start(self._fit(), "fit the speech")

    async def _fit(self) -> None:
        bench = await self._tools.bench
        view = self._tools.editing.view
        room = segment_seconds(view)
        if view.take is None or room is None or self.bar is None:
            return
        take = view.take
        real = view.speech_seconds if view.speech_is_real else None
        known = bench.lengths.calibration(self._tools.site, take.speech)
        self._offer(self.bar, proposals(take, room, real, known), room)

    def _offer(self, bar: ListeningBar, found: tuple[Proposal, ...], room: float) -> None:
        menu = QMenu(bar)
        menu.setAccessibleName(_("Ways to fit"))
        head = menu.addAction(_("The segment lasts {seconds} s").format(seconds=f"{room:.1f}"))
        head.setEnabled(False)
        for one in found:
            action = menu.addAction(icon(SIGNS[one.way]), proposal_words(one))
            action.triggered.connect(partial(self._take_proposal, one))
        if not found:
            nothing = menu.addAction(_("Nothing helps but fewer words, or a longer segment."))
            nothing.setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(bar.fit.mapToGlobal(QPoint(0, bar.fit.height())))

    def _take_proposal(self, one: Proposal, _checked: bool = False) -> None:
        def change_of(take: Take) -> Take:
            return replace(take, script=one.take.script, speech=one.take.speech)

        self._tools.apply(
            Edit(
                edit_words(one),
                lambda shot: edits.set_take(shot, change_of(shot.take(one.take.id))),
            )
        )


_AS_LONG_AS_IT_IS = 3600.0
"""Seconds: a sample ends where its file ends."""
