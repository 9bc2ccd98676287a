"""The persons in the clip: who they are, whom the service would choose, and a photo of one of them by one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QWidget

from redub.core.faces import Person
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import clear, column, row
from redub.ui.controls.words import label
from redub.ui.faces.words import person_words
from redub.ui.theme import scale

_FACE = 72


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: the person, a small picture of the face, and whether this one is driven now."""

    person: Person
    picture: QImage
    is_driven: bool


class PersonsDialog(QDialog):
    """Lists the persons of the clip.

    Signals: `use_wanted` (number of the person), `service_wanted` when the service is to choose.
    """

    use_wanted = Signal(int)
    service_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Persons in the clip"))
        self.setMinimumWidth(460)
        space = scale().space
        whole = column(self, margin=space.wide, gap=space.medium)
        said = _(
            "Only one person's lips move. Without a photo the service takes the largest face of the first picture "
            "that has one."
        )
        whole.addWidget(label(said, "quiet", wrap=True))
        self._rows = column(gap=space.small)
        whole.addLayout(self._rows)
        whole.addStretch(1)
        self._service = push_button(_("Let the service choose"), self.service_wanted.emit)
        buttons = row()
        buttons.addWidget(self._service)
        buttons.addStretch(1)
        close = push_button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        buttons.addWidget(close)
        whole.addLayout(buttons)

    def show_persons(self, persons: Sequence[Shown], *, has_photo: bool) -> None:
        """List `persons`; with `has_photo` one of them was chosen by a photo."""
        clear(self._rows)
        for shown in persons:
            self._rows.addWidget(self._row(shown))
        if not persons:
            self._rows.addWidget(label(_("No face was found in the clip."), wrap=True))
        self._service.setEnabled(has_photo)

    def _row(self, shown: Shown) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        inner = QHBoxLayout(card)
        inner.addWidget(_picture(shown.picture))
        words = column(gap=2)
        number = shown.person.number + 1
        words.addWidget(label(_("Person {n}").format(n=number), "strong"))
        words.addWidget(label(person_words(shown.person), "quiet", wrap=True))
        if shown.person.is_default:
            words.addWidget(label(_("The service would choose this one."), "info", wrap=True))
        inner.addLayout(words, 1)
        if shown.is_driven:
            inner.addWidget(label(_("Speaks"), "ok"))
        use = push_button(_("Use this person"), lambda: self.use_wanted.emit(shown.person.number))
        use.setAccessibleName(_("Use person {n}").format(n=number))
        inner.addWidget(use)
        return card


def _picture(image: QImage) -> QLabel:
    made = QLabel()
    made.setFixedSize(_FACE, _FACE)
    scaled = image.scaled(
        _FACE,
        _FACE,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    made.setPixmap(QPixmap.fromImage(scaled))
    return made
