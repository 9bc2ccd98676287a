"""Marking: what a button, a shortcut, a preset or a chip asks for becomes an edit, over the popover where needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from redub.core.errors import UserError
from redub.core.ssml.document import parse, spoken_text
from redub.core.ssml.edits import Edited, change_mark, insert_mark, remove_mark
from redub.core.ssml.nodes import Mark, walk
from redub.core.ssml.presets import Preset
from redub.core.ssml.vocabulary import TAGS, Content
from redub.i18n import _
from redub.ui.script.forms import AT_ONCE
from redub.ui.script.labels import language_at, meant_at, plain_words
from redub.ui.script.popover import MarkPopover
from redub.ui.script.views import ScriptViews

_AROUND = 400


class Marking(QObject):
    """Signals.

    `edited` with a name and an `Edited` for a change that is a step of its own; `readings_wanted` with a text and the
    places of the characters in it whose readings are asked for.
    """

    edited = Signal(str, object)
    readings_wanted = Signal(str, int, int)

    def __init__(self, views: ScriptViews, home: QWidget) -> None:
        super().__init__(home)
        self._views, self._home = views, home
        self._source = ""
        self._asking: Callable[[str, Mapping[str, str]], Edited] | None = None
        self._removing: Callable[[], Edited] | None = None
        self.popover = MarkPopover(home)
        self.popover.taken.connect(self._on_taken)
        self.popover.removed.connect(self._on_removed)
        self.popover.closed.connect(lambda: self._views.current.setFocus())

    def use(self, source: str) -> None:
        """Mark in `source` from now on."""
        self._source = source

    def begin(self, tag: str, place: QPoint | None = None) -> None:
        """Mark the selection with `tag`: at once where nothing is to be asked, else ask under `place`."""
        views, source = self._views, self._source
        self._select_for(tag)
        start, end = views.current.selected_range()
        self._asking = lambda name, settings: insert_mark(source, start, end, name, settings)
        self._removing = None
        where = place or self._under_caret()
        if tag in AT_ONCE:
            self._take_at_once(tag, where, {})
            return
        text = spoken_text(parse(source[start:end]))
        mark = self._same_mark(tag, start, end)
        self.popover.ask(tag, where, text, mark, language_at(source, start))
        if mark is not None:
            self._removing = lambda: remove_mark(source, mark.inner_start)
        self._want_readings(tag, start, end)

    def apply_preset(self, preset: Preset) -> None:
        """Mark the selection as a preset says; ask where that is not possible."""
        self._select_for(preset.tag)
        start, end = self._views.current.selected_range()
        source = self._source
        self._asking = lambda name, settings: insert_mark(source, start, end, name, settings)
        self._removing = None
        self._take_at_once(preset.tag, self._under_caret(), dict(preset.settings))

    def _select_for(self, tag: str) -> None:
        """Select what the caret stands at, when nothing is selected: a character for pinyin, else a number or word.

        Chinese words have no spaces between them, so nothing is guessed: the mark then says that it needs a selection.
        """
        field = self._views.current
        start, end = field.selected_range()
        if start != end or TAGS[tag].content is Content.EMPTY or tag == "speak":
            return
        found = meant_at(self._source, start, tag == "phoneme")
        if found is not None:
            field.select_range(*found)

    def change_at(self, position: int) -> None:
        """Ask for other settings of the mark at `position` of the source."""
        mark = self.mark_at(position)
        if mark is None or mark.tag not in TAGS:
            return
        source = self._source
        self._asking = lambda _tag, settings: change_mark(source, mark.start + 1, settings)
        self._removing = lambda: remove_mark(source, mark.start + 1)
        self._views.current.select_range(mark.start, mark.start)
        text = spoken_text(parse(source[mark.inner_start : mark.inner_end]))
        self.popover.ask(mark.tag, self._under_caret(), text, mark, language_at(source, mark.start))
        self._want_readings(mark.tag, mark.inner_start, mark.inner_end)

    def change_here(self) -> None:
        """Ask for other settings of the mark at the caret."""
        self.change_at(self._views.current.selected_range()[0])

    def remove_here(self) -> None:
        """Take away the mark at the caret; its words stay."""
        place = self._views.current.selected_range()[0]
        if self.mark_at(place) is not None:
            self.edited.emit(_("Remove mark"), remove_mark(self._source, place))

    def mark_at(self, position: int) -> Mark | None:
        """Return the innermost mark at `position` of the source; its two edges count where nothing else does."""
        marks = [node for node in walk(parse(self._source).nodes) if isinstance(node, Mark)]
        inside = [mark for mark in marks if mark.start < position < mark.end]
        touching = [mark for mark in marks if mark.start <= position <= mark.end]
        found = inside or touching
        return found[-1] if found else None

    def _same_mark(self, tag: str, start: int, end: int) -> Mark | None:
        """Return the mark `tag` around exactly the selection: its settings are shown to be changed."""
        for node in walk(parse(self._source).nodes):
            if not isinstance(node, Mark) or node.tag != tag:
                continue
            if (start, end) in {(node.inner_start, node.inner_end), (node.start, node.end)}:
                return node
        return None

    def _under_caret(self) -> QPoint:
        field = self._views.current
        return field.viewport().mapTo(self._home, field.cursorRect().bottomLeft() + QPoint(0, 6))

    def _want_readings(self, tag: str, start: int, end: int) -> None:
        if tag != "phoneme" or start >= end:
            return
        source = self._source
        before = plain_words(source[max(0, start - _AROUND) : start])
        text, after = spoken_text(parse(source[start:end])), plain_words(source[end : end + _AROUND])
        self.readings_wanted.emit(before + text + after, len(before), len(before) + len(text))

    def _take_at_once(self, tag: str, place: QPoint, settings: dict[str, str]) -> None:
        try:
            edited = insert_mark(self._source, *self._views.current.selected_range(), tag, settings)
        except UserError as refusal:
            self.popover.ask(tag, place, "")
            self.popover.refuse(str(refusal))
        else:
            self.edited.emit(_("Mark: {what}").format(what=TAGS[tag].label), edited)

    def _on_taken(self, tag: str, settings: dict[str, str]) -> None:
        if self._asking is None:
            return
        try:
            edited = self._asking(tag, settings)
        except UserError as refusal:
            self.popover.refuse(str(refusal))
            return
        self.popover.close_up()
        self.edited.emit(_("Mark: {what}").format(what=TAGS[tag].label), edited)

    def _on_removed(self) -> None:
        if self._removing is not None:
            edited = self._removing()
            self.popover.close_up()
            self.edited.emit(_("Remove mark"), edited)
