"""What the list of voices is sifted by: words, gender, language, mood, favourites."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from redub.core.timbre import Gender, Timbre
from redub.i18n import _
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.wheel import only_with_focus
from redub.ui.icons import icon
from redub.ui.voice.choosing import Wanted, emotion_word, gender_word
from redub.ui.voice.languages import own_name


class VoiceFilters(QWidget):
    """Signals: `changed` with the Wanted."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = column(self, gap=4)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Find a voice: name, language, mood"))
        self._search.setAccessibleName(_("Find a voice"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        whole.addWidget(self._search)
        line = row(gap=4)
        self._gender, self._language = _combo(_("Gender of the voice")), _combo(_("Language of the voice"))
        self._emotion = _combo(_("Mood of the voice"))
        for combo, share in ((self._gender, 5), (self._language, 6), (self._emotion, 5)):
            line.addWidget(combo, share)
            combo.activated.connect(self._tell)
        self._favourite = tool_button("star", _("Only favourites"), self._tell)
        self._favourite.setCheckable(True)
        line.addWidget(self._favourite)
        whole.addLayout(line)
        self._search.textChanged.connect(self._tell)
        self.show_timbres(())

    @property
    def wanted(self) -> Wanted:
        """Return what is looked for."""
        return Wanted(
            text=self._search.text(),
            gender=self._gender.currentData() or "",
            language=self._language.currentData() or "",
            emotion=self._emotion.currentData() or "",
            favourite=self._favourite.isChecked(),
        )

    def show_timbres(self, timbres: tuple[Timbre, ...]) -> None:
        """Offer what these voices have; what is chosen stays where it can."""
        genders = [(one.value, gender_word(one).capitalize()) for one in (Gender.FEMALE, Gender.MALE)]
        codes = dict.fromkeys(code for timbre in timbres for code in timbre.languages)
        moods = dict.fromkeys(code for timbre in timbres for code in timbre.emotions)
        _fill(self._gender, _("Gender"), genders)
        _fill(self._language, _("Language"), [(code, own_name(code)) for code in codes])
        _fill(self._emotion, _("Mood"), [(code, emotion_word(code)) for code in moods])

    def clear(self) -> None:
        """Let every voice pass."""
        for combo in (self._gender, self._language, self._emotion):
            combo.setCurrentIndex(0)
        self._favourite.setChecked(False)
        with QSignalBlocker(self._search):
            self._search.clear()
        self._tell()

    def _tell(self, *_what: object) -> None:
        self._favourite.setIcon(icon("star-full" if self._favourite.isChecked() else "star"))
        self.changed.emit(self.wanted)


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(4)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    only_with_focus(made)
    return made


def _fill(combo: QComboBox, anything: str, choices: Iterable[tuple[str, str]]) -> None:
    offered = [("", anything), *choices]
    if [combo.itemData(place) for place in range(combo.count())] == [code for code, _word in offered]:
        return
    chosen = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for code, word in offered:
            combo.addItem(word, code)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
