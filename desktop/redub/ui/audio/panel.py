"""The recording of a take: what it sounds like, which part of it is used, and where it comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from redub.core.clip import ClipFacts
from redub.core.limits import limits_for
from redub.core.shot import DriverType, Source, Take
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.audio.parteditor import PartEditor
from redub.ui.audio.reading import read
from redub.ui.audio.recorder import Recorder
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column
from redub.ui.controls.words import label, line
from redub.ui.listening.saying import clock
from redub.ui.theme import scale
from redub.ui.timeline.loader import Loader


class AudioPanel(QScrollArea):
    """Signals.

    `choose_wanted` for a file, `own_sound_wanted` for the clip's, `script_wanted` to speak a script instead;
    `part_wanted` (Path, start, end, whether its loudness is evened out) to use a part of the recording;
    `play_wanted` (Path, start, end), `quiet_wanted`.

    :ivar recorder: the microphone
    :ivar editor: the part of the recording that is used
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
        self._looked = False
        self._loader = Loader("redub-recording", self)
        self._loader.piece.connect(self._on_piece)
        self._loader.failed.connect(self._on_failed)
        page = QWidget()
        whole = column(page, margin=scale().space.medium, gap=scale().space.small)
        self._title, self._about = label("", "strong", wrap=True), label("", "caption", wrap=True)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        self.editor = self._build_editor()
        self._loader.finished.connect(self.editor.wave.finish)
        whole.addWidget(self.editor)
        whole.addWidget(line())
        whole.addWidget(label(_("Where the sound comes from"), "section"))
        self.recorder = Recorder()
        self._add_sources(page)
        whole.addStretch(1)
        self.setWidget(page)
        self._say_nothing()

    def _build_editor(self) -> PartEditor:
        made = PartEditor(limits_for(self._site)["recording.duration"])
        made.part_wanted.connect(self._on_part)
        made.play_wanted.connect(self._on_play)
        made.quiet_wanted.connect(self.quiet_wanted)
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
        self._show_limit()

    @property
    def about(self) -> str:
        """Return what is said about the recording."""
        return self._about.text()

    def set_site(self, site: str) -> None:
        """Measure by the limits of `site`."""
        if site != self._site:
            self._site = site
            self._show_limit()

    def show_playing(self, on: bool, seconds: float | None = None) -> None:
        """Show whether the recording is heard, and where."""
        self.editor.show_playing(on, seconds)

    def show_busy(self, busy: bool) -> None:
        """Show that a part is being made."""
        self.editor.show_busy(busy)

    def close_recording(self) -> None:
        """Stop reading and wait for the thread."""
        self._loader.close()

    def _forget(self) -> None:
        self._loader.cancel()
        self._path, self._facts = None, None
        self._say_nothing()

    def _say_nothing(self) -> None:
        self.editor.hide()
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
        self.editor.wave.clear(listening=True)
        self._loader.start(read(self._path))

    def _on_piece(self, piece: object) -> None:
        if isinstance(piece, ClipFacts):
            self._show_facts(piece)
        else:
            self.editor.wave.add(piece)  # type: ignore[arg-type]  # peaks, as `read` yields them

    def _show_facts(self, facts: ClipFacts) -> None:
        self._facts = facts
        if facts.audio is None:
            self._about.setText(_("This file has no sound."))
            return
        rate = f"{facts.audio.sample_rate / 1000:g} kHz"
        self._about.setText(
            f"{clock(facts.duration)} · {facts.container} · {rate} · {facts.size / 1e6:.1f} MB"
        )
        self.editor.show()
        self.editor.show_length(facts.duration)

    def _on_failed(self, sentence: str) -> None:
        self.editor.hide()
        self._about.setText(sentence)

    # The part.

    def _show_limit(self) -> None:
        limit = limits_for(self._site)["recording.duration"]
        self.editor.show_limit(limit, self._take.options.concurrency)

    def _on_part(self, start: float, end: float, even: bool) -> None:
        if self._path is not None:
            self.part_wanted.emit(self._path, start, end, even)

    def _on_play(self, start: float, end: float) -> None:
        if self._path is not None:
            self.play_wanted.emit(self._path, start, end)


def _path_of(recording: Source | None) -> Path | None:
    return Path(recording.path) if recording is not None and recording.path else None
