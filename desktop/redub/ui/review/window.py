"""The window in which a result is judged; it stands beside the main one, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from redub.core.review import Verdict
from redub.i18n import _
from redub.services.review import Session
from redub.ui.controls.layouts import column
from redub.ui.controls.words import label
from redub.ui.review.head import ReviewHead
from redub.ui.review.judging import JudgingPanel
from redub.ui.review.lockstep import Lockstep
from redub.ui.review.playrow import PlayRow
from redub.ui.review.stage import ReviewStage
from redub.ui.review.words import keys_line
from redub.ui.theme import scale

_SENTENCES_WIDTH = 430


class ReviewWindow(QDialog):
    """Signals.

    `session_wanted` (id of a task, keys beside it or None); `review_changed` (id, Review); `redo_wanted`,
    `export_wanted` and `sheet_wanted` (Session, Review); `playing_changed` (bool).
    """

    session_wanted = Signal(str, object)
    review_changed = Signal(str, object)
    redo_wanted = Signal(object, object)
    export_wanted = Signal(object, object)
    sheet_wanted = Signal(object, object)
    playing_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Review"))
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.session: Session | None = None
        self._is_fresh = True
        self.lockstep = Lockstep(self)
        self.head, self.stage, self.judging = ReviewHead(), ReviewStage(), JudgingPanel()
        self.play_row = PlayRow(self.lockstep)
        self._trouble = label("", "warning", wrap=True)
        self._keys = self._key_table()
        self._compose()
        self._connect()
        self.resize(1180, 680)

    def _compose(self) -> None:
        left = QWidget()
        inner = column(left, gap=0)
        inner.addWidget(self.head)
        inner.addWidget(self._trouble)
        inner.addWidget(self.stage, 1)
        inner.addWidget(self.play_row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.judging)
        split.setStretchFactor(0, 1)
        split.setSizes([1180 - _SENTENCES_WIDTH, _SENTENCES_WIDTH])
        whole = column(self, gap=0)
        whole.addWidget(split, 1)
        hint = label(keys_line(), "caption", wrap=True)
        hint.setContentsMargins(scale().space.medium, 4, scale().space.medium, 6)
        whole.addWidget(hint)
        self._trouble.hide()

    def _connect(self) -> None:
        step, judging = self.lockstep, self.judging
        step.moved.connect(self._on_moved)
        step.shown.connect(self.stage.show_moment)
        step.playing_changed.connect(self.playing_changed)
        step.heard_changed.connect(self.stage.show_heard)
        step.failed.connect(self._say)
        step.notice_wanted.connect(self._say)
        self.stage.hear_wanted.connect(step.hear)
        self.stage.pressed.connect(step.play_pause)
        self.head.volume.picked.connect(step.set_volume)
        self.head.layout_picked.connect(self.stage.arrange)
        self.head.zoom_picked.connect(self.stage.show_zoom)
        self.head.swap_wanted.connect(step.hear_next)
        self.head.result_wanted.connect(lambda id: self.session_wanted.emit(id, None))
        self.head.beside_wanted.connect(self._on_beside)
        self.play_row.transport.loop_picked.connect(lambda _on: self._set_loop())
        judging.went_to.connect(self._go_to)
        judging.hear_wanted.connect(lambda _place: self.hear_sentence())
        judging.review_changed.connect(self._on_review)
        judging.redo_wanted.connect(lambda: self._pass_on(self.redo_wanted))
        judging.export_wanted.connect(lambda: self._pass_on(self.export_wanted))
        judging.sheet_wanted.connect(lambda: self._pass_on(self.sheet_wanted))

    def _key_table(self) -> dict[int, Callable[[], object]]:
        key, step, judging = Qt.Key, self.lockstep, self.judging
        table: dict[Qt.Key, Callable[[], object]] = {
            key.Key_Space: lambda: self.go_on(1),
            key.Key_Backspace: lambda: self.go_on(-1),
            key.Key_Return: self.hear_sentence,
            key.Key_Enter: self.hear_sentence,
            key.Key_A: lambda: judging.judge(Verdict.ACCEPTED),
            key.Key_R: lambda: judging.judge(Verdict.REDO),
            key.Key_N: judging.write_note,
            key.Key_S: step.hear_next,
            key.Key_P: self.toggle_loop,
            key.Key_Z: self.head.toggle_zoom,
            key.Key_V: self.head.next_layout,
            key.Key_K: step.play_pause,
            key.Key_J: lambda: step.shuttle(-1),
            key.Key_L: lambda: step.shuttle(1),
            key.Key_Comma: lambda: step.step(-1),
            key.Key_Period: lambda: step.step(1),
            key.Key_Left: lambda: step.step(-1),
            key.Key_Right: lambda: step.step(1),
        }
        return {one.value: do for one, do in table.items()}

    # What is shown.

    def show_session(self, session: Session) -> None:
        """Show a result with what stands beside it; at the same moment, when it was judged before."""
        same = self.session is not None and self.session.record.id == session.record.id
        at = self.lockstep.cursor if same else 0.0
        self.session = session
        self.setWindowTitle(_("Review of {name}").format(name=session.panes[0].title))
        self._say(session.remark)
        self.head.show_session(session)
        self.lockstep.open(session.panes, at)
        self.stage.show_feeds(self.lockstep.feeds)
        if not same:
            self._is_fresh = True
            self.judging.show_review(session.review)
            self.judging.list.setFocus()
        self._set_loop()

    def take_sound(self, key: str, sound: Path) -> None:
        """Let the pane `key` be heard."""
        self.lockstep.take_sound(key, sound)

    def note_silent(self, key: str) -> None:
        """Say that the pane `key` cannot be heard."""
        self.lockstep.note_silent(key)
        for pane in self.stage.panes:
            if pane.feed.pane.key == key:
                pane.show_silent()

    def show_up(self) -> None:
        """Show the window before the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    def close_clips(self) -> None:
        """Let go of all videos and wait for the threads; for the end of the program."""
        self.lockstep.close()

    # What can be done.

    def go_on(self, by: int) -> None:
        """Go to the next sentence (1) or the one before (-1), and play it; a result begins with the first one."""
        count = len(self.judging.review.sentences)
        if count:
            by = 0 if self._is_fresh and by > 0 else by
            self.judging.choose(min(max(0, self.judging.place + by), count - 1))
            self.hear_sentence()
        else:
            self.lockstep.play_pause()

    def hear_sentence(self) -> None:
        """Play the chosen sentence."""
        self._is_fresh = False
        self._set_loop()
        phrase = self._phrase()
        if phrase is not None:
            self.lockstep.play_part(*phrase)

    def toggle_loop(self) -> None:
        """Play the chosen sentence round and round, or not."""
        self.play_row.transport.set_loop(not self._loops)

    @property
    def _loops(self) -> bool:
        return self.play_row.transport.loops

    def _phrase(self) -> tuple[float, float] | None:
        place, review = self.judging.place, self.judging.review
        return review.phrase(place) if 0 <= place < len(review.sentences) else None

    def _go_to(self, place: int) -> None:
        self._set_loop()
        self.lockstep.seek(self.judging.review.phrase(place)[0])

    def _set_loop(self) -> None:
        """Play the chosen sentence round and round, or everything where there is none."""
        whole = (0.0, self.lockstep.seconds)
        self.lockstep.set_loop((self._phrase() or whole) if self._loops else None)

    def _on_moved(self, seconds: float) -> None:
        if self.lockstep.playing and not self.judging.note.hasFocus() and not self._loops:
            self.judging.choose(self.judging.review.at(seconds))

    def _on_beside(self, keys: tuple[str, ...]) -> None:
        if self.session is not None:
            self.session_wanted.emit(self.session.record.id, keys)

    def _on_review(self, review: object) -> None:
        if self.session is not None:
            self.review_changed.emit(self.session.record.id, review)

    def _pass_on(self, signal: object) -> None:
        if self.session is not None:
            signal.emit(self.session, self.judging.review)  # type: ignore[attr-defined]  # a bound signal of ours

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key says; Escape closes the window."""
        do = self._keys.get(event.key())
        if do is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            do()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        """Be silent when nobody looks."""
        self.lockstep.pause()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide; the videos are let go of when another one comes or the program ends."""
        self.lockstep.pause()
        super().closeEvent(event)
