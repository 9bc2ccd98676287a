"""The dialog that says how clips are converted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QWidget

from redub.core.conversion import EncodeSettings
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.option import OptionRow
from redub.ui.controls.slider import SliderField
from redub.ui.controls.words import label
from redub.ui.theme import scale

_LONGEST = (0, 3840, 2560, 1920, 1280)
_RATES = (0.0, 24.0, 25.0, 30.0, 50.0, 60.0)
_SOFTWARE = "libx264"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What stands in the dialog: how to encode, and what results are called."""

    encode: EncodeSettings
    name: str


class ConversionSettings(QDialog):
    """Ask how clips are converted; `wishes` is what stands in it."""

    def __init__(
        self, parent: QWidget, wishes: Wishes, presets: Sequence[str], encoders: Sequence[str]
    ) -> None:
        """Offer `encoders`, which have just been tried on this machine."""
        super().__init__(parent)
        self.setWindowTitle(_("How clips are converted"))
        self.setMinimumWidth(440)
        encode = wishes.encode
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        whole.addWidget(label(_("How clips are converted"), "title"))
        says = _("The usual values are those of the API page. They count for new encodes only.")
        whole.addWidget(label(says, "quiet", wrap=True))
        self._encoder = self._combo([(name, _encoder_word(name)) for name in encoders], encode.encoder)
        says = _("A graphics card is offered when it has just encoded a frame here.")
        whole.addWidget(OptionRow(_("Encoder"), "-c:v", self._encoder, says))
        self._preset = self._combo([(name, name) for name in presets], encode.preset)
        whole.addWidget(
            OptionRow(_("Time that it takes"), "-preset", self._preset, _("Slower makes smaller files."))
        )
        self._crf = SliderField(_("Quality"), low=14, high=32, step=1)
        self._crf.show_number(encode.crf)
        whole.addWidget(
            OptionRow(_("Quality"), "-crf", self._crf, _("23 is usual; lower is better and larger."))
        )
        self._longest = self._combo([(side, _size_word(side)) for side in _LONGEST], encode.longest)
        whole.addWidget(OptionRow(_("Longer side at most"), "scale", self._longest))
        self._rate = self._combo([(rate, _rate_word(rate)) for rate in _RATES], encode.rate)
        whole.addWidget(OptionRow(_("Frames a second"), "fps", self._rate))
        self._name = QLineEdit(wishes.name)
        says = _(
            "For clips from the queue: {name}, {width}, {height}, {rate} and {kind} are those of the clip."
        )
        whole.addWidget(OptionRow(_("Name of the result"), "", self._name, says))
        whole.addStretch(1)
        whole.addLayout(self._buttons())

    def _combo(self, ways: list[tuple[object, str]], value: object) -> QComboBox:
        made = QComboBox()
        for way, words in ways:
            made.addItem(words, way)
        made.setCurrentIndex(max(0, made.findData(value)))
        return made

    def _buttons(self) -> QHBoxLayout:
        line = row()
        line.addWidget(push_button(_("Usual values"), self._on_usual, role="flat"))
        line.addStretch(1)
        line.addWidget(push_button(_("Cancel"), self.reject))
        save = push_button(_("Save"), self.accept, role="primary")
        save.setDefault(True)
        line.addWidget(save)
        return line

    @property
    def wishes(self) -> Wishes:
        """Return what was chosen."""
        encode = EncodeSettings(
            preset=str(self._preset.currentData()),
            crf=int(self._crf.number),
            encoder=str(self._encoder.currentData()),
            longest=int(self._longest.currentData()),
            rate=float(self._rate.currentData()),
        )
        return Wishes(encode, self._name.text().strip())

    def _on_usual(self) -> None:
        usual = EncodeSettings()
        for combo, value in (
            (self._encoder, usual.encoder),
            (self._preset, usual.preset),
            (self._longest, usual.longest),
            (self._rate, usual.rate),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self._crf.show_number(usual.crf)


def _encoder_word(name: str) -> str:
    return _("x264, on the processor") if name == _SOFTWARE else name


def _size_word(side: int) -> str:
    return _("As the clip") if not side else _("{n} pixels").format(n=side)


def _rate_word(rate: float) -> str:
    return _("As the clip") if not rate else f"{rate:g}"
