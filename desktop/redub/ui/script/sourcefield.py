"""The script as it is sent: the exact InputSsml, coloured, with its problems underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from redub.core.ssml.problems import Problem
from redub.core.ssml.tokens import LINE_BREAKS, Kind, tokenize
from redub.i18n import _
from redub.ui.script.labels import look
from redub.ui.script.sheet import change_between, offset_of, unit_of
from redub.ui.script.textbox import leaves_to_window, show_band, show_tip
from redub.ui.script.tints import Stretch, TextTints, wave


class SourceField(QPlainTextEdit):
    """Shows a source; what is typed is the source.

    Signals: as `ScriptField`, without `mark_wanted`: here a mark is changed by typing.
    """

    source_edited = Signal(str)
    step_made = Signal(str, object)
    text_pasted = Signal(str)
    line_ended = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._problems: Sequence[Problem] = ()
        self._rendering = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Script as it is sent (InputSsml)"))
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._tints = TextTints(self.document())
        self.textChanged.connect(self._on_text_changed)

    def show_source(self, source: str, problems: Sequence[Problem]) -> None:
        """Show `source`; what stays the same keeps its caret and selection."""
        self._problems = problems
        if source != self._source:
            self._source = source
            self._render()
        self._tint()

    def _render(self) -> None:
        change = change_between(self._shown(), self._source)
        if change is None:
            return
        self._rendering = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(change.first)
        cursor.setPosition(change.last, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(change.text)
        self._rendering = False

    def _shown(self) -> str:
        return self.document().toRawText()

    def _on_text_changed(self) -> None:
        shown = self._shown()
        if self._rendering or shown == self._source:
            return
        self._source = LINE_BREAKS.sub(" ", shown)
        self._render()
        self.source_edited.emit(self._source)

    def _tint(self) -> None:
        stretches: list[Stretch] = []
        for token in tokenize(self._source):
            if token.kind is not Kind.TEXT:
                tone = look(token.name).tone if token.name else "quiet"
                stretches.append(Stretch(self._unit(token.start), self._unit(token.end), ink=tone))
                stretches.extend(
                    Stretch(self._unit(one.start), self._unit(one.end), ink="text")
                    for one in token.attributes
                )
        stretches.extend(
            Stretch(
                self._unit(one.start),
                max(self._unit(one.end), self._unit(one.start) + 1),
                wave=wave(one.level),
            )
            for one in self._problems
        )
        self._tints.show_stretches(stretches)

    def _unit(self, offset: int) -> int:
        return unit_of(self._source, offset)

    def put_fragment(self, fragment: str) -> None:
        """Replace the selection by `fragment` of a source."""
        self.insertPlainText(fragment)

    def selected_range(self) -> tuple[int, int]:
        """Return the selection in the source."""
        cursor = self.textCursor()
        return offset_of(self._source, cursor.selectionStart()), offset_of(
            self._source, cursor.selectionEnd()
        )

    def select_range(self, start: int, end: int) -> None:
        """Select the source from `start` to `end`."""
        cursor = self.textCursor()
        cursor.setPosition(self._unit(start))
        cursor.setPosition(self._unit(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def show_spoken(self, start: int, end: int) -> None:
        """Put a band behind the source from `start` to `end`; nothing is shown of an empty range."""
        show_band(self, self._unit(start), self._unit(end))

    def select_word(self) -> None:
        """Select the word under the caret, when nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            self.setTextCursor(cursor)

    def words_at(self, unit: int) -> str:
        """Return the problems at `unit` in whole sentences."""
        offset = offset_of(self._source, unit)
        return "\n".join(
            f"{one.message} {one.fix}" for one in self._problems if one.start <= offset <= one.end
        )

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window, and answer tooltips."""
        if event.type() is QEvent.Type.ShortcutOverride and leaves_to_window(event):
            event.ignore()
            return False
        return show_tip(self, event, self.words_at) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell that Enter was pressed: it breaks no line."""
        if leaves_to_window(event):
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.line_ended.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text on one line."""
        self.insertPlainText(LINE_BREAKS.sub(" ", source.text().strip("\r\n")))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing has ended."""
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_tints"):
            self._tints.rehighlight()
