"""How the voice speaks: speed, volume, mood, language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from redub.core.limits import limits_for
from redub.core.shot import Speech
from redub.core.timbre import Timbre, takes_volume
from redub.i18n import _
from redub.ui.controls.layouts import column
from redub.ui.controls.option import OptionRow
from redub.ui.controls.slider import SliderField
from redub.ui.controls.wheel import only_with_focus
from redub.ui.voice.choosing import emotion_word
from redub.ui.voice.languages import own_name

NORMAL_STRENGTH = 100


class SpeechControls(QWidget):
    """The settings of a voice.

    Signals: `changed` with (label, Speech, merge key); `ended` when a drag is over.
    """

    changed = Signal(str, object, str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = Speech()
        self._whole = column(self, gap=12)
        self._speed = self._slider("speech.speed", _("Speed"), 0.05, "×")
        self._volume = self._slider("speech.volume", _("Volume"), 1, "")
        self._strength = self._slider("speech.emotion_intensity", _("Strength of the mood"), 5, " %")
        self._emotion, self._language = _combo(), _combo()
        says = _("1 is as the voice speaks by itself.")
        self._add(_("Speed"), "SpeechParam.Speed", self._speed, says)
        says = _("0 is normal, 10 the loudest.")
        self.volume_row = self._add(_("Volume"), "SpeechParam.Volume", self._volume, says)
        self.language_row = self._add(_("Language"), "SpeechParam.TimbreLanguage", self._language)
        self.emotion_row = self._add(_("Mood"), "SpeechParam.EmotionCategory", self._emotion)
        api = "SpeechParam.EmotionIntensity"
        self.strength_row = self._add(_("Strength of the mood"), api, self._strength)
        self._whole.addStretch(1)
        self._speed.moved.connect(self._on_speed)
        self._volume.moved.connect(self._on_volume)
        self._strength.moved.connect(self._on_strength)
        self._emotion.activated.connect(self._on_emotion)
        self._language.activated.connect(self._on_language)

    def _slider(self, key: str, name: str, step: float, suffix: str) -> SliderField:
        limit = limits_for("international")[key]
        made = SliderField(name, low=limit.low or 0.0, high=limit.high or 1.0, step=step, suffix=suffix)
        made.ended.connect(self.ended)
        return made

    def _add(self, title: str, api: str, control: QWidget, sentence: str = "") -> OptionRow:
        made = OptionRow(title, api, control, sentence)
        self._whole.addWidget(made)
        return made

    def show_speech(self, speech: Speech, timbre: Timbre | None) -> None:
        """Show `speech`; `timbre` is its voice, None while the service's voices are not known."""
        self._speech = speech
        self._speed.show_number(speech.speed)
        self._volume.show_number(speech.volume or 0)
        void = _("The voices male_1 to male_20 and female_1 to female_23 have no volume control.")
        self.volume_row.set_void("" if takes_volume(speech.timbre_key) else void)
        languages = timbre.languages if timbre is not None else ()
        emotions = timbre.emotions if timbre is not None else ()
        _fill(self._language, [(code, own_name(code)) for code in languages], speech.language)
        self.language_row.setVisible(len(languages) > 1)
        moods = [("", _("None")), *((code, emotion_word(code)) for code in emotions)]
        _fill(self._emotion, moods, speech.emotion or "")
        self.emotion_row.setVisible(bool(emotions))
        self._strength.show_number(speech.emotion_intensity or NORMAL_STRENGTH)
        self.strength_row.setVisible(bool(emotions))
        self.strength_row.set_void("" if speech.emotion else _("It counts only when a mood is chosen."))

    def _on_speed(self, speed: float) -> None:
        self._tell(_("Change the speed"), replace(self._speech, speed=speed), "speed")

    def _on_volume(self, volume: float) -> None:
        self._tell(_("Change the volume"), replace(self._speech, volume=round(volume)), "volume")

    def _on_strength(self, strength: float) -> None:
        changed = replace(self._speech, emotion_intensity=round(strength))
        self._tell(_("Change the strength of the mood"), changed, "strength")

    def _on_emotion(self) -> None:
        emotion = self._emotion.currentData() or None
        strength = self._speech.emotion_intensity if emotion else None
        changed = replace(self._speech, emotion=emotion, emotion_intensity=strength)
        self._tell(_("Choose a mood"), changed, "")

    def _on_language(self) -> None:
        changed = replace(self._speech, language=self._language.currentData())
        self._tell(_("Choose a language"), changed, "")

    def _tell(self, label: str, speech: Speech, key: str) -> None:
        if speech != self._speech:
            self.changed.emit(label, speech, key)


def _combo() -> QComboBox:
    made = QComboBox()
    only_with_focus(made)
    return made


def _fill(combo: QComboBox, choices: list[tuple[str, str]], chosen: str | None) -> None:
    with QSignalBlocker(combo):
        if [combo.itemData(place) for place in range(combo.count())] != [code for code, _word in choices]:
            combo.clear()
            for code, word in choices:
                combo.addItem(word, code)
        combo.setCurrentIndex(combo.findData(chosen))
