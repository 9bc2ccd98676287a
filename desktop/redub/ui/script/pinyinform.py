"""The reading of the selected characters: candidates for each, the likeliest first, and a line to type others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from redub.core.ssml import pinyin
from redub.core.ssml.scripts import is_han
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.words import label
from redub.ui.script.forms import LineForm

_MOST_ROWS, _MOST_READINGS, _ROW = 5, 4, 30


class PinyinForm(LineForm):
    """One syllable for each Chinese character of the selection; tone signs become tone numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ph", "chuan2", _("Pinyin with tone numbers"), parent)
        self._rows = QWidget()
        self._lines = QVBoxLayout(self._rows)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._rows)
        self._scroll.hide()
        self._groups: list[QButtonGroup] = []
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._scroll)

    def settings(self) -> dict[str, str]:
        """Return the syllables with tone numbers."""
        return {"alphabet": "py", "ph": " ".join(self._syllables())}

    def _syllables(self) -> list[str]:
        return [pinyin.numbered(one) for one in pinyin.split(self._line.text())]

    def preview(self) -> str:
        """Return the syllables as people write them, or what is missing."""
        syllables = self._syllables()
        bare = next((one for one in syllables if not pinyin.has_tone(one)), "")
        if bare:
            return _("“{syllable}” has no tone yet: add 1 to 5").format(syllable=bare)
        return " ".join(pinyin.marked(one) for one in syllables)

    def show_settings(self, settings: Mapping[str, str], text: str) -> None:
        """Show the reading of a mark that is there."""
        super().show_settings(settings, text)
        if not settings:
            self._line.setPlaceholderText(_("Pinyin with tone numbers"))

    def show_candidates(self, candidates: Sequence[tuple[str, ...]]) -> None:
        """Offer readings for each character of the selection, and write the likeliest unless something was typed."""
        rows = [
            (sign, found)
            for sign, found in zip(self.text, candidates, strict=False)
            if is_han(sign) and found
        ]
        if not self._line.text().strip():
            self._line.setText(" ".join(found[0] for _sign, found in rows))
            self._line.selectAll()
        chosen = self._syllables()
        for place, (sign, found) in enumerate(rows):
            self._add_row(place, sign, found, chosen[place] if place < len(chosen) else "")
        self._scroll.setFixedHeight(min(_MOST_ROWS, len(rows)) * (_ROW + 2))
        self._scroll.setVisible(bool(rows))
        self.changed.emit()

    def _add_row(self, place: int, sign: str, found: Sequence[str], chosen: str) -> None:
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(4)
        head = label(sign, "strong")
        head.setToolTip(", ".join(pinyin.marked(one) for one in found))
        row.addWidget(head)
        for reading in found[:_MOST_READINGS]:
            button = push_button(pinyin.marked(reading), role="small")
            button.setToolTip(reading)
            button.setCheckable(True)
            button.setChecked(reading == chosen)
            button.setProperty("reading", reading)
            button.setFixedHeight(_ROW - 4)
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        group.buttonClicked.connect(lambda button: self._choose(place, button))
        self._groups.append(group)
        self._lines.addLayout(row)

    def _choose(self, place: int, button: QPushButton) -> None:
        syllables = self._syllables()
        syllables.extend([""] * (place + 1 - len(syllables)))
        syllables[place] = str(button.property("reading"))
        self._line.setText(" ".join(one or "?" for one in syllables))
