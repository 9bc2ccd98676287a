"""The column where sentences are judged: the list, accept, redo, note, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from redub.core.review import Review, Verdict
from redub.i18n import _, ngettext
from redub.services.reviewsheet import verdict_word
from redub.ui.controls.buttons import push_button
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.review.sentences import SentenceList
from redub.ui.theme import scale
from redub.ui.timeline.announce import announce


class NoteLine(QLineEdit):
    """Signals: `done` on Return and Escape."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the line on Return and Escape; both keep what is written."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.done.emit()
        else:
            super().keyPressEvent(event)


class JudgingPanel(QWidget):
    """Signals.

    `review_changed` (Review) after every decision; `went_to` (place) when another sentence is chosen, `hear_wanted`
    (place) when one is clicked; `redo_wanted`, `export_wanted`, `sheet_wanted`.
    """

    review_changed = Signal(object)
    went_to = Signal(int)
    hear_wanted = Signal(int)
    redo_wanted = Signal()
    export_wanted = Signal()
    sheet_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review = Review()
        self.list = SentenceList()
        self.note = NoteLine()
        self.note.setPlaceholderText(_("Note on this sentence (N)"))
        self.note.setAccessibleName(_("Note on this sentence"))
        self._count = label("", "caption", wrap=True)
        self._accept = push_button(_("Accept (A)"), lambda: self.judge(Verdict.ACCEPTED), sign="ok")
        self._redo = push_button(_("Redo (R)"), lambda: self.judge(Verdict.REDO), sign="retry")
        self._next_take = push_button(
            _("Make the redo list the next take"), self.redo_wanted.emit, role="primary", sign="add"
        )
        self._sheet = push_button(_("Review sheet…"), self.sheet_wanted.emit, sign="script")
        self._export = push_button(_("Export this take…"), self.export_wanted.emit, sign="export")
        self._pages = QStackedWidget()
        self._compose()
        self.list.chosen.connect(self._on_chosen)
        self.list.hear_wanted.connect(self.hear_wanted)
        self.note.textEdited.connect(self._on_note)
        self.note.done.connect(self.list.setFocus)

    def _compose(self) -> None:
        space = scale().space
        whole = column(self, margin=space.small, gap=space.small)
        self._pages.addWidget(self.list)
        self._pages.addWidget(
            EmptyState(
                "script",
                _("This result has no subtitles"),
                _("It can be compared and exported, but not judged sentence by sentence."),
            )
        )
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.note)
        for buttons in ((self._accept, self._redo), (self._next_take,), (self._sheet, self._export)):
            line = row()
            for button in buttons:
                button.setAutoDefault(False)
                line.addWidget(button)
            whole.addLayout(line)
        whole.addWidget(self._count)
        self.setMinimumWidth(340)

    def show_review(self, review: Review) -> None:
        """Show another result's sentences; the first one that is not judged is chosen."""
        self.review = review
        self._pages.setCurrentIndex(0 if review.sentences else 1)
        self._tell_state()
        places = [n for n, one in enumerate(review.sentences) if one.verdict is Verdict.OPEN]
        self.choose(places[0] if places else 0)

    @property
    def place(self) -> int:
        """Return the place of the chosen sentence, -1 for none."""
        return self.list.place

    def choose(self, place: int) -> None:
        """Choose a sentence without telling."""
        self.list.choose(place)
        self._show_note()

    def judge(self, verdict: Verdict) -> None:
        """Decide about the chosen sentence; the same decision again takes it back."""
        place = self.place
        if 0 <= place < len(self.review.sentences):
            same = self.review.sentences[place].verdict is verdict
            decided = Verdict.OPEN if same else verdict
            self._change(self.review.judge(place, decided))
            said = _("Sentence {n}: {verdict}")
            announce(self.list, said.format(n=place + 1, verdict=verdict_word(decided)))

    def write_note(self) -> None:
        """Go to the line for the note."""
        if self.place >= 0:
            self.note.setFocus()
            self.note.selectAll()

    def _change(self, review: Review) -> None:
        self.review = review
        self._tell_state()
        self.review_changed.emit(review)

    def _tell_state(self) -> None:
        review = self.review
        self.list.show_review(review)
        has_sentences = bool(review.sentences)
        for widget in (self._accept, self._redo, self.note, self._sheet):
            widget.setEnabled(has_sentences)
        self._next_take.setEnabled(bool(review.redo))
        redo = len(review.redo)
        again = ngettext("{n} sentence to redo", "{n} sentences to redo", redo).format(n=redo)
        accepted = _("{n} of {all} accepted").format(
            n=review.count(Verdict.ACCEPTED), all=len(review.sentences)
        )
        self._count.setText(f"{accepted} · {again}" if has_sentences else "")
        self._next_take.setToolTip(
            _("A new take of the shot with just these sentences; one step to undo")
            if redo
            else _("Mark a sentence with R first.")
        )

    def _on_chosen(self, place: int) -> None:
        self._show_note()
        self.went_to.emit(place)

    def _show_note(self) -> None:
        place = self.place
        text = self.review.sentences[place].note if 0 <= place < len(self.review.sentences) else ""
        if text != self.note.text().strip():
            self.note.setText(text)

    def _on_note(self, text: str) -> None:
        if 0 <= self.place < len(self.review.sentences):
            self._change(self.review.remark(self.place, text))
