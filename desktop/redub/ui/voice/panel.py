"""The panel of the voice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import DriverType, Speech
from redub.core.ssml.document import parse, spoken_text
from redub.core.ssml.scripts import main_language
from redub.core.timbre import Timbre
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.buttons import push_button
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.layouts import column
from redub.ui.controls.words import label
from redub.ui.theme import scale
from redub.ui.voice.choosing import find, speak_with
from redub.ui.voice.speech import SpeechControls
from redub.ui.voice.timbres import TimbreList

VOICES, FETCHING, RECORDING, NO_TAKE = range(4)


class VoicePanel(QWidget):
    """Who speaks the script, and how.

    Signals: `timbres_wanted` when the person asks for the list of voices again; `edit_wanted` with an Edit;
    `edit_ended` when a drag is over; `sample_wanted` with the Timbre to hear (None to be quiet); `favourite_wanted`
    with a TimbreKey and whether it is to be a favourite; `recording_wanted` to be driven by a recording instead.

    :ivar voices: the list of voices
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    timbres_wanted = Signal()
    sample_wanted = Signal(object)
    recording_wanted = Signal()
    favourite_wanted = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view: ShotView | None = None
        self._timbres: tuple[Timbre, ...] = ()
        self._pages = QStackedWidget()
        for page in (self._chooser(), self._fetching(), self._recording(), self._no_take()):
            self._pages.addWidget(page)
        column(self).addWidget(self._pages)

    def _chooser(self) -> QWidget:
        """Build list and settings as one page that scrolls: a low window shows them one after the other."""
        inside = QWidget()
        space = scale().space
        whole = column(inside, gap=0)
        self.voices = TimbreList()
        self.voices.timbre_chosen.connect(self._on_timbre)
        self.voices.sample_wanted.connect(self.sample_wanted)
        self.voices.favourite_wanted.connect(self.favourite_wanted)
        self.voices.renew_wanted.connect(self.timbres_wanted)
        self.voices.setContentsMargins(space.medium, space.medium, space.medium, space.small)
        whole.addWidget(self.voices, 1)
        self._unknown = label("", "warning", wrap=True)
        self._unknown.setContentsMargins(space.medium, 0, space.medium, space.small)
        whole.addWidget(self._unknown)
        self.controls = SpeechControls()
        self.controls.setContentsMargins(space.medium, space.small, space.medium, space.medium)
        self.controls.changed.connect(self._on_speech)
        self.controls.ended.connect(self.edit_ended)
        whole.addWidget(self.controls)
        other = push_button(
            _("Use a recording instead"), self.recording_wanted.emit, role="link", sign="waveform"
        )
        other.setToolTip(_("Drive the lips by a voice recording; the script is kept"))
        whole.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        page = QScrollArea()
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setWidget(inside)
        page.setWidgetResizable(True)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return page

    def _fetching(self) -> QWidget:
        self._waiting = EmptyState("voice", "", "")
        self._waiting.offer(_("Ask again"), self.timbres_wanted.emit, sign="retry")
        self.say_fetching("")
        return self._waiting

    def _recording(self) -> QWidget:
        page = EmptyState(
            "waveform",
            _("A recording speaks here"),
            _("This take is driven by a voice recording; voice, speed and volume have no effect."),
        )
        page.offer(_("Speak a script instead"), self._to_script)
        self._recordings = QStackedWidget()
        self._recordings.addWidget(page)
        return self._recordings

    def put_recording(self, panel: QWidget) -> None:
        """Show `panel` for takes that are driven by a recording, from now on."""
        self._recordings.addWidget(panel)
        self._recordings.setCurrentWidget(panel)

    def _no_take(self) -> QWidget:
        return EmptyState("voice", _("No take is chosen"), _("Add a take to choose who speaks it."))

    @property
    def page(self) -> int:
        """Return which page is shown: VOICES, FETCHING, RECORDING or NO_TAKE."""
        return self._pages.currentIndex()

    def show_view(self, view: ShotView) -> None:
        """Show the voice of the current take."""
        self._view = view
        self._show()

    def show_timbres(self, timbres: tuple[Timbre, ...]) -> None:
        """Show the voices of the chosen service."""
        self._timbres = timbres
        self._show()

    def say_fetching(self, trouble: str) -> None:
        """Say that the voices are being asked for, or in `trouble` why they are not known."""
        if trouble:
            self._waiting.say(_("The voices are not known yet"), trouble)
        else:
            self._waiting.say(_("Asking for the voices…"), _("The service is asked which voices it has."))

    def _show(self) -> None:
        take = self._view.take if self._view is not None else None
        if take is None:
            self._pages.setCurrentIndex(NO_TAKE)
        elif take.driver is DriverType.ORIGINAL_VOICE:
            self._pages.setCurrentIndex(RECORDING)
        elif not self._timbres:
            self._pages.setCurrentIndex(FETCHING)
        else:
            self._show_voice(take.speech)

    def _show_voice(self, speech: Speech) -> None:
        self._pages.setCurrentIndex(VOICES)
        self.voices.show_timbres(self._timbres, speech.timbre_key)
        timbre = find(self._timbres, speech.timbre_key)
        self._unknown.setVisible(timbre is None)
        missing = _("“{key}” is not a voice of this service. Choose one above.").format(key=speech.timbre_key)
        self._unknown.setText(
            missing if speech.timbre_key else _("No voice is chosen yet. Choose one above.")
        )
        self.controls.show_speech(speech, timbre)

    def _on_timbre(self, timbre: Timbre) -> None:
        take = self._view.take if self._view is not None else None
        if take is not None:
            language = main_language(spoken_text(parse(take.script)))
            self._on_speech(_("Choose a voice"), speak_with(take.speech, timbre, language), "")

    def _on_speech(self, words: str, speech: Speech, key: str) -> None:
        if self._view is None:
            return
        take_id = self._view.take_id
        merge_key = f"{key}:{take_id}" if key else ""
        change = partial(edits.set_speech, take_id=take_id, speech=speech)
        self.edit_wanted.emit(Edit(words, change, merge_key))

    def _to_script(self) -> None:
        take = self._view.take if self._view is not None else None
        if take is not None:
            spoken = replace(take, driver=DriverType.TEXT)
            self.edit_wanted.emit(Edit(_("Speak a script"), partial(edits.set_take, take=spoken)))
