"""The fields that a mark needs: each form reads and writes the settings of one tag, allowed values only.

To add one: 1. a class with `settings`, `show_settings`, `preview` and `first`; 2. a row in `LINE_FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from redub.core.ssml.reading import reading
from redub.core.ssml.sayas import fits, likely_kind
from redub.core.ssml.vocabulary import BREAK_MILLISECONDS, SAY_AS_KINDS, STRENGTHS, TAGS
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.words import label

_QUICK = (0.3, 0.5, 1.0, 2.0)


class MarkForm(QWidget):
    """Fields for the settings of one tag.

    Signals: `taken` when a choice in it says everything (a quick button, Enter in a field), `changed` when something
    else is chosen.

    :ivar text: the words that the mark is for; `language` is that of the words around them
    """

    taken = Signal()
    changed = Signal()
    text = ""
    language = "zh"

    def preview(self) -> str:
        """Return how it will be heard, in a few words; "" when there is nothing to say."""
        return ""

    def settings(self) -> dict[str, str]:
        """Return the settings of the mark as they are written."""
        return {}

    def show_settings(self, settings: Mapping[str, str], text: str) -> None:
        """Show the settings of a mark that is there, or what fits `text` best."""
        del settings, text

    def first(self) -> QWidget:
        """Return the field that takes the focus."""
        return self


class PauseForm(MarkForm):
    """A pause: a length, or a strength."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by = QComboBox(self)
        self._by.addItem(_("by length"), "")
        for strength in STRENGTHS:
            self._by.addItem(strength, strength)
        self._by.setAccessibleName(_("Length or strength"))
        self._seconds = QDoubleSpinBox(self)
        self._seconds.setRange(BREAK_MILLISECONDS[0] / 1000, BREAK_MILLISECONDS[1] / 1000)
        self._seconds.setDecimals(2)
        self._seconds.setSingleStep(0.1)
        self._seconds.setValue(0.5)
        self._seconds.setSuffix(" s")
        self._seconds.setAccessibleName(_("Length of the pause"))
        self._by.currentIndexChanged.connect(lambda: self._seconds.setEnabled(not self._by.currentData()))
        self._by.currentIndexChanged.connect(self.changed)
        self._seconds.valueChanged.connect(self.changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        quick = QHBoxLayout()
        for seconds in _QUICK:
            quick.addWidget(push_button(f"{seconds:g} s", self._quick(seconds), role="small"))
        quick.addStretch(1)
        exact = QHBoxLayout()
        exact.addWidget(self._seconds, 1)
        exact.addWidget(self._by, 1)
        whole.addLayout(quick)
        whole.addLayout(exact)

    def _quick(self, seconds: float) -> Callable[[], None]:
        def take() -> None:
            self._by.setCurrentIndex(0)
            self._seconds.setValue(seconds)
            self.taken.emit()

        return take

    def settings(self) -> dict[str, str]:
        """Return time or strength."""
        strength = self._by.currentData()
        return {"strength": strength} if strength else {"time": _written(self._seconds.value())}

    def preview(self) -> str:
        """Return how long the silence is."""
        strength = self._by.currentData()
        if strength:
            said = _("silence of about {seconds} s in the rehearsal; the service gives no figure")
            return said.format(seconds=f"{STRENGTHS[strength]:g}")
        return _("silence of {seconds} s").format(seconds=f"{self._seconds.value():g}")

    def show_settings(self, settings: Mapping[str, str], text: str) -> None:
        """Show a pause that is there."""
        self._by.setCurrentIndex(max(0, self._by.findData(settings.get("strength", ""))))
        seconds = _seconds(settings.get("time", ""))
        if seconds is not None:
            self._seconds.setValue(seconds)

    def first(self) -> QWidget:
        """Return the length."""
        return self._seconds


class LineForm(MarkForm):
    """One line of text for one setting."""

    def __init__(self, setting: str, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(hint)
        self._line.setAccessibleName(name)
        self._line.returnPressed.connect(self.taken)
        self._line.textChanged.connect(self.changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._line)

    def settings(self) -> dict[str, str]:
        """Return what was typed."""
        return {self._setting: self._line.text().strip()}

    def preview(self) -> str:
        """Return what is heard."""
        return self._line.text().strip()

    def show_settings(self, settings: Mapping[str, str], text: str) -> None:
        """Show what a mark that is there says."""
        self._line.setText(settings.get(self._setting, ""))
        self._line.selectAll()

    def first(self) -> QWidget:
        """Return the line."""
        return self._line


class KindForm(MarkForm):
    """One of the eleven kinds of reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = QComboBox(self)
        for kind in SAY_AS_KINDS.values():
            self._kinds.addItem(kind.label, kind.name)
        self._kinds.setMaxVisibleItems(len(SAY_AS_KINDS))
        self._kinds.setAccessibleName(_("Kind of reading"))
        self._sentence = label("", "caption", wrap=True)
        self._kinds.currentIndexChanged.connect(self._say)
        self._kinds.currentIndexChanged.connect(self.changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._kinds)
        whole.addWidget(self._sentence)
        self._say()

    def _say(self) -> None:
        kind = SAY_AS_KINDS[self._kinds.currentData()]
        self._sentence.setText(_("{what} It fits {fits}.").format(what=kind.sentence, fits=kind.fits))

    def settings(self) -> dict[str, str]:
        """Return the kind."""
        return {"interpret-as": str(self._kinds.currentData())}

    def preview(self) -> str:
        """Return the words that the text is read as, by this kind."""
        kind = str(self._kinds.currentData())
        if self.text.strip() and not fits(kind, self.text):
            return _("as it stands: “{text}” is not {what}").format(
                text=self.text.strip(), what=SAY_AS_KINDS[kind].fits
            )
        return reading(self.text, kind, self.language)

    def show_settings(self, settings: Mapping[str, str], text: str) -> None:
        """Show the kind of a mark that is there, or the first that fits `text`."""
        wanted = settings.get("interpret-as") or likely_kind(text)
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(wanted)))

    def first(self) -> QWidget:
        """Return the list."""
        return self._kinds


class PlainForm(MarkForm):
    """Nothing to choose."""


def _written(seconds: float) -> str:
    """Write a length as the page wants it: whole seconds, else whole milliseconds."""
    millis = round(seconds * 1000)
    return f"{millis // 1000}s" if millis % 1000 == 0 else f"{millis}ms"


def _seconds(time: str) -> float | None:
    if time.endswith("ms") and time[:-2].isdigit():
        return int(time[:-2]) / 1000
    return float(time[:-1]) if time.endswith("s") and time[:-1].isdigit() else None


LINE_FORMS: dict[str, Callable[[], MarkForm]] = {
    "break": PauseForm,
    "sub": lambda: LineForm("alias", _("What is to be heard"), TAGS["sub"].attributes[0].sentence),
    "say-as": KindForm,
}
"""The forms by their tags; pinyin has one of its own."""
AT_ONCE = frozenset({"word", "speak"})
"""Tags that ask for nothing: their button acts at once."""
