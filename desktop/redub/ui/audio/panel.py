"""The recording of a take: what it sounds like, which part of it is used, and where it comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from redub.core.clip import ClipFacts
from redub.core.limits import limits_for
from redub.core.shot import DriverType, Source, Take
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.audio.reading import read
from redub.ui.audio.recorder import Recorder
from redub.ui.audio.trimwave import TrimWave
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.timefield import TimeField
from redub.ui.controls.words import label, line, restyle
from redub.ui.icons import icon
from redub.ui.listening.saying import clock
from redub.ui.theme import scale
from redub.ui.timeline.loader import Loader


class AudioPanel(QScrollArea):
    """Signals.

    `choose_wanted` for a file, `own_sound_wanted` for the clip's, `script_wanted` to speak a script instead;
    `part_wanted` (Path, start, end, whether its loudness is evened out) to use a part of the recording;
    `play_wanted` (Path, start, end), `quiet_wanted`.

    :ivar recorder: the microphone
    """

    choose_wanted = Signal()
    own_sound_wanted = Signal()
    script_wanted = Signal()
    part_wanted = Signal(Path, float, float, bool)
    play_wanted = Signal(Path, float, float)
    quiet_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._path: Path | None = None
        self._facts: ClipFacts | None = None
        self._site, self._take = "international", Take(id="", name="")
        self._plays = self._looked = False
        self._loader = Loader("redub-recording", self)
        self._loader.piece.connect(self._on_piece)
        self._loader.finished.connect(lambda: self.wave.finish())
        self._loader.failed.connect(self._on_failed)
        page = QWidget()
        whole = column(page, margin=scale().space.medium, gap=scale().space.small)
        self._title, self._about = label("", "strong", wrap=True), label("", "caption", wrap=True)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        self._editor = self._build_editor()
        whole.addWidget(self._editor)
        whole.addWidget(line())
        whole.addWidget(label(_("Where the sound comes from"), "section"))
        self.recorder = Recorder()
        self._add_sources(page)
        whole.addStretch(1)
        self.setWidget(page)
        self._say_nothing()

    def _build_editor(self) -> QWidget:
        made = QWidget()
        whole = column(made, gap=scale().space.small)
        self.wave = TrimWave()
        self.wave.trimmed.connect(self._on_trimmed)
        self.wave.seek_wanted.connect(self._on_seek)
        whole.addWidget(self.wave)
        times = row(gap=6)
        self.play = tool_button("play", _("Hear this part"), self._on_play)
        self._start, self._end = TimeField(_("Start")), TimeField(_("End"))
        self._start.picked.connect(lambda seconds: self._on_typed(seconds, None))
        self._end.picked.connect(lambda seconds: self._on_typed(None, seconds))
        self._length = label("", "caption")
        for part in (self.play, self._start, label("–"), self._end):
            times.addWidget(part)
        times.addWidget(self._length, 1)
        whole.addLayout(times)
        self.even = QCheckBox(_("Even out the loudness"))
        whole.addWidget(self.even)
        says = _("Soft recordings are raised and loud ones lowered to -16 LUFS; peaks stay under -1.5 dB.")
        whole.addWidget(label(says, "caption", wrap=True))
        self._use = push_button(_("Use this part"), self._on_use, sign="check")
        whole.addWidget(self._use)
        self._source_stays = label(
            _("A new file is made; the recording itself is never changed."), "caption", wrap=True
        )
        whole.addWidget(self._source_stays)
        return made

    def _add_sources(self, page: QWidget) -> None:
        whole = page.layout()
        if not isinstance(whole, QVBoxLayout):
            return
        for text, do, sign in (
            (_("Choose a recording…"), self.choose_wanted.emit, "open"),
            (_("Use the clip's own sound"), self.own_sound_wanted.emit, "film"),
        ):
            whole.addWidget(push_button(text, do, sign=sign))
        whole.addWidget(self.recorder)
        other = push_button(_("Speak a script instead"), self.script_wanted.emit, role="link", sign="script")
        whole.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)

    # Showing.

    def showEvent(self, event: QShowEvent) -> None:
        """Look for microphones when they are first asked for: looking starts a program."""
        super().showEvent(event)
        if not self._looked:
            self._looked = True
            self.recorder.look_wanted.emit()

    def show_view(self, view: ShotView) -> None:
        """Show the recording of the current take."""
        take = view.take
        if take is None or take.driver is not DriverType.ORIGINAL_VOICE:
            self._forget()
            return
        self._take = take
        path = _path_of(take.recording)
        if path != self._path:
            self._forget()
            self._path = path
            self._begin(take.recording)
        self._show_length()

    @property
    def about(self) -> str:
        """Return what is said about the recording."""
        return self._about.text()

    def set_site(self, site: str) -> None:
        """Measure by the limits of `site`."""
        self._site = site
        self._show_length()

    def show_playing(self, on: bool, seconds: float | None = None) -> None:
        """Show whether the recording is heard, and where."""
        self._plays = on
        self.play.setIcon(icon("stop" if on else "play"))
        self.wave.show_cursor(seconds if on else None)

    def show_busy(self, busy: bool) -> None:
        """Show that a part is being made."""
        self._use.setEnabled(not busy)
        self._use.setText(_("Being made…") if busy else _("Use this part"))

    def close_recording(self) -> None:
        """Stop reading and wait for the thread."""
        self._loader.close()

    def _forget(self) -> None:
        self._loader.cancel()
        self._path, self._facts = None, None
        self._say_nothing()

    def _say_nothing(self) -> None:
        self._editor.hide()
        self._title.setText(_("No recording yet"))
        self._about.setText(
            _("Drop one onto the window, choose a file, record one, or use the clip's own sound.")
        )

    def _begin(self, recording: Source | None) -> None:
        if self._path is None:
            if recording is not None and recording.url:
                self._title.setText(recording.url)
                self._about.setText(_("It lies at an address; the service fetches it from there."))
            return
        self._title.setText(self._path.name)
        self._about.setText(_("The recording is being read…"))
        self.wave.clear(listening=True)
        self._loader.start(read(self._path))

    def _on_piece(self, piece: object) -> None:
        if isinstance(piece, ClipFacts):
            self._show_facts(piece)
        else:
            self.wave.add(piece)  # type: ignore[arg-type]  # peaks, as `read` yields them

    def _show_facts(self, facts: ClipFacts) -> None:
        self._facts = facts
        if facts.audio is None:
            self._about.setText(_("This file has no sound."))
            return
        rate = f"{facts.audio.sample_rate / 1000:g} kHz"
        self._about.setText(
            f"{clock(facts.duration)} · {facts.container} · {rate} · {facts.size / 1e6:.1f} MB"
        )
        self._editor.show()
        self.wave.show_length(facts.duration)
        self._show_part(0.0, facts.duration)

    def _on_failed(self, sentence: str) -> None:
        self._editor.hide()
        self._about.setText(sentence)

    # The part.

    def _show_part(self, start: float, end: float) -> None:
        self._start.show_time(start)
        self._end.show_time(end)
        self._show_length()

    def _show_length(self) -> None:
        start, end = self.wave.part
        limit = limits_for(self._site)["recording.duration"]
        concurrency = self._take.options.concurrency
        wrong = limit.too_low(end - start) or limit.too_high(end - start, concurrency)
        self._length.setText(clock(end - start))
        self._length.setToolTip(limit.rule)
        restyle(self._length, "error" if wrong else "caption")
        self._use.setEnabled(not wrong)
        self._use.setToolTip(limit.rule if wrong else "")

    def _on_trimmed(self, start: float, end: float) -> None:
        self._show_part(start, end)

    def _on_typed(self, start: float | None, end: float | None) -> None:
        if self._facts is None:
            return
        before = self.wave.part
        low = before[0] if start is None else start
        high = before[1] if end is None else end
        low, high = max(0.0, min(low, high)), min(self._facts.duration, max(low, high))
        self.wave.show_part(low, high)
        self._show_part(low, high)

    def _on_play(self) -> None:
        if self._plays:
            self.quiet_wanted.emit()
        elif self._path is not None:
            self.play_wanted.emit(self._path, *self.wave.part)

    def _on_seek(self, seconds: float) -> None:
        if self._path is not None and self._facts is not None:
            start, end = self.wave.part
            self.play_wanted.emit(
                self._path, max(0.0, seconds), end if start <= seconds < end else self._facts.duration
            )

    def _on_use(self) -> None:
        if self._path is not None:
            self.part_wanted.emit(self._path, *self.wave.part, self.even.isChecked())


def _path_of(recording: Source | None) -> Path | None:
    return Path(recording.path) if recording is not None and recording.path else None
