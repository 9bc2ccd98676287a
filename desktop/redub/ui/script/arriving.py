"""Pasting: what comes from elsewhere is looked at, asked about where there is a choice, and put in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from redub.core.ssml.pasting import Arrival, Pasted, fragment_of, look_at
from redub.i18n import _, ngettext
from redub.ui.script.askbar import Answer, AskBar, cancel
from redub.ui.script.linebreaks import ASK, LINE_BREAKS, line_break_words, pause_of


class Arriving(QObject):
    """Signals: `line_breaks_chosen` with a row of `LINE_BREAKS` that was chosen for good.

    :ivar line_breaks: what line breaks become
    """

    line_breaks_chosen = Signal(str)

    def __init__(self, bar: AskBar, put: Callable[[str], object]) -> None:
        """Ask in `bar`, and give what is to be put in, a piece of a source, to `put`."""
        super().__init__(bar)
        self._bar, self._put = bar, put
        self.line_breaks = ASK

    def take(self, text: str) -> None:
        """Take in pasted `text`."""
        found = look_at(text)
        if found.kind is Arrival.PLAIN:
            self._take_words(found)
        elif found.kind is Arrival.SCRIPT:
            said = ngettext(
                "The pasted text is SSML with {n} mark.",
                "The pasted text is SSML with {n} marks.",
                found.marks,
            )
            self._offer(said.format(n=found.marks), _("Keep the marks"), found, "")
        else:
            self._offer_foreign(found)

    def _offer_foreign(self, found: Pasted) -> None:
        said = (
            _("The pasted text is SSML for {service}.").format(service=found.dialect)
            if found.dialect
            else _("The pasted text is SSML for another service.")
        )
        marks = ngettext("{n} mark can be translated.", "{n} marks can be translated.", found.marks)
        lost = _("What cannot: {list}.").format(list="; ".join(found.lost)) if found.lost else ""
        self._offer(f"{said} {marks.format(n=found.marks)}", _("Translate"), found, lost)

    def _offer(self, sentence: str, words: str, found: Pasted, more: str) -> None:
        answers: list[Answer] = [
            (words, lambda: self._put(found.source)),
            (_("Only the words"), lambda: self._take_words(found)),
            cancel(),
        ]
        self._bar.ask(sentence, answers, more)

    def _take_words(self, found: Pasted) -> None:
        if not found.line_breaks or self.line_breaks != ASK:
            self._put(fragment_of(found.text, pause_of(self.line_breaks)))
            return
        said = ngettext(
            "The pasted text has {n} line break, and the service takes none. What is it to become?",
            "The pasted text has {n} line breaks, and the service takes none. What are they to become?",
            found.line_breaks,
        )
        answers = [(line_break_words(row), self._choosing(row, found)) for row in LINE_BREAKS if row != ASK]
        more = _("This is remembered; change it under the three dots.")
        self._bar.ask(said.format(n=found.line_breaks), [*answers, cancel()], more)

    def _choosing(self, row: str, found: Pasted) -> Callable[[], None]:
        def choose() -> None:
            self.line_breaks = row
            self.line_breaks_chosen.emit(row)
            self._put(fragment_of(found.text, pause_of(row)))

        return choose
