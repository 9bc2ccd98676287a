"""A small card over the text that asks only what a mark needs; it lies in the window and blocks nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from redub.core.ssml.nodes import Mark
from redub.core.ssml.presets import Preset
from redub.core.ssml.vocabulary import TAGS
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.words import Sign, label
from redub.ui.script.forms import LINE_FORMS, MarkForm, PlainForm
from redub.ui.script.labels import look
from redub.ui.script.pinyinform import PinyinForm

_WIDTH = 276
_FORMS: dict[str, Callable[[], MarkForm]] = {**LINE_FORMS, "phoneme": PinyinForm}


class MarkPopover(QFrame):
    """Signals.

    `taken` with tag and settings (dict) when the mark is to be set, `removed` when it is to go, `kept` with the
    `Preset` that is to be saved, `closed` in any case.
    """

    kept = Signal(object)
    taken = Signal(str, object)
    removed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.setProperty("role", "card")
        self.setFixedWidth(_WIDTH)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        self.setGraphicsEffect(shadow)
        self._tag = ""
        self._form: MarkForm = PlainForm(self)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(12, 10, 12, 10)
        self._whole.setSpacing(8)
        head = QHBoxLayout()
        self._sign, self._title = Sign("pause-mark"), label("", "strong")
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        self._sentence = label("", "caption", wrap=True)
        self._refusal = label("", "error", wrap=True)
        self._preview = label("", "info", wrap=True)
        self._name = QLineEdit()
        self._name.setPlaceholderText(_("Name of the preset, then Enter"))
        self._name.setAccessibleName(_("Name of the preset"))
        self._name.returnPressed.connect(self._on_named)
        self._keep = tool_button("save", _("Keep these settings as a preset"), self._on_keep)
        head.addWidget(self._keep)
        self._whole.addLayout(head)
        self._whole.addWidget(self._sentence)
        self._whole.addWidget(self._preview)
        self._whole.addWidget(self._name)
        self._whole.addWidget(self._refusal)
        self._remove = push_button(_("Remove"), self._on_removed, role="flat")
        self._take = push_button(_("Set"), self._on_taken)
        foot = QHBoxLayout()
        foot.addWidget(self._remove)
        foot.addStretch(1)
        foot.addWidget(push_button(_("Cancel"), self.close_up, role="flat"))
        foot.addWidget(self._take)
        self._whole.addLayout(foot)
        self.hide()

    @property
    def tag(self) -> str:
        """Return the tag that is asked about."""
        return self._tag

    @property
    def form(self) -> MarkForm:
        """Return the fields."""
        return self._form

    @property
    def refusal(self) -> str:
        """Return why the mark could not be set, or ""."""
        return self._refusal.text()

    @property
    def preview(self) -> str:
        """Return what is said about how it will be heard."""
        return self._preview.text()

    def ask(self, tag: str, place: QPoint, text: str, mark: Mark | None = None, language: str = "zh") -> None:
        """Ask for the settings of `tag` for `text`, under `place` (of the parent); `mark` is one that is there.

        :param language: of the words around it: it decides how numbers are read
        """
        rule = TAGS[tag]
        self._tag = tag
        self._sign.show_icon(look(tag).icon, look(tag).tone)
        self._title.setText(rule.label)
        self._sentence.setText(rule.sentence)
        self._take.setText(_("Change") if mark is not None else _("Set"))
        self._remove.setVisible(mark is not None)
        self._use_form(_FORMS.get(tag, PlainForm)(), text, language)
        self._keep.setVisible(not isinstance(self._form, PlainForm))
        self._name.hide()
        self._take.setVisible(mark is None or not isinstance(self._form, PlainForm))
        self.refuse("")
        self._form.show_settings(dict(mark.attributes) if mark is not None else {}, text)
        self._say_preview()
        self._show_at(place)

    def show_candidates(self, text: str, candidates: Sequence[tuple[str, ...]]) -> None:
        """Offer readings of `text`, when it still is what is asked about."""
        if isinstance(self._form, PinyinForm) and self._form.text == text and self.isVisible():
            self._form.show_candidates(candidates)
            self._fit()

    def _use_form(self, form: MarkForm, text: str, language: str) -> None:
        form.text, form.language = text, language
        self._whole.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = form
        form.taken.connect(self._on_taken)
        form.changed.connect(self._say_preview)
        self._whole.insertWidget(2, form)
        form.setVisible(not isinstance(form, PlainForm))

    def _say_preview(self) -> None:
        heard = self._form.preview()
        words = _("Heard: {words}").format(words=heard) if heard else ""
        if words != self._preview.text():
            self._preview.setText(words)
            self._preview.setVisible(bool(words))
            self._fit()

    def _on_keep(self) -> None:
        self._name.setText(self._form.preview()[:40] if self._tag != "phoneme" else "")
        self._name.show()
        self._fit()
        self._name.setFocus(Qt.FocusReason.PopupFocusReason)
        self._name.selectAll()

    def _on_named(self) -> None:
        self.keep_as(self._name.text())

    def keep_as(self, name: str) -> None:
        """Ask for the settings to be saved as the preset `name`."""
        preset = Preset(name, self._tag, tuple(self._form.settings().items()))
        self._name.hide()
        self._fit()
        self.kept.emit(preset)

    def _show_at(self, place: QPoint) -> None:
        room = self._home.width() - _WIDTH - 4
        self.move(min(max(4, place.x()), max(4, room)), place.y())
        self.show()
        self._fit()
        self.raise_()
        plain = self._take if self._take.isVisibleTo(self) else self._remove
        first = plain if isinstance(self._form, PlainForm) else self._form.first()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why the mark cannot be set."""
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need at this width."""
        self._whole.activate()
        needed = self._whole.heightForWidth(_WIDTH) if self._whole.hasHeightForWidth() else -1
        self.resize(_WIDTH, max(needed, self._whole.minimumSize().height()))
        lowest = self._home.height() - self.height() - 4
        self.move(self.x(), max(4, min(self.y(), lowest)))

    def close_up(self) -> None:
        """Go away."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape, take with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self._name.hasFocus():  # there Enter names a preset
                self._on_taken()
        else:
            super().keyPressEvent(event)

    def _on_taken(self) -> None:
        self.taken.emit(self._tag, self._form.settings())

    def _on_removed(self) -> None:
        self.removed.emit()
