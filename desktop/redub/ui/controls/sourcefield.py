"""A field for one medium: a file chosen or dropped, or an address that the service can fetch."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from redub.core.shot import Source
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import row
from redub.ui.theme import scale


class SourceField(QWidget):
    """Shows a file's name or an address; an address can be typed.

    Signals: `choose_wanted` when a file is to be chosen, `picked` with the new Source (or None).
    """

    choose_wanted = Signal()
    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        line = row(self, gap=scale().space.hair)
        self._text = QLineEdit()
        self._text.setAccessibleName(name)
        self._text.setMinimumWidth(80)
        self._text.setPlaceholderText(_("Choose a file, or paste an address"))
        self._text.editingFinished.connect(self._on_finished)
        line.addWidget(self._text, 1)
        self._choose = push_button(_("Choose…"), self.choose_wanted.emit)
        self._choose.setAccessibleName(_("Choose a file: {what}").format(what=name))
        line.addWidget(self._choose)
        self._clear = tool_button("close", _("Remove: {what}").format(what=name), self._on_cleared)
        self._clear.setIconSize(QSize(14, 14))
        line.addWidget(self._clear)
        self.setFocusProxy(self._choose)
        self.show_source(None)

    def show_source(self, source: Source | None) -> None:
        """Show a file's name (its whole path in the tooltip), an address, or nothing."""
        self._source = source
        self._text.setText(_shown(source))
        self._text.setCursorPosition(0)
        self._text.setReadOnly(source is not None and source.path is not None)
        self._text.setToolTip((source.path or source.url or "") if source else "")
        self._clear.setVisible(source is not None)

    def _on_finished(self) -> None:
        typed = self._text.text().strip()
        if self._text.isReadOnly() or typed == _shown(self._source):
            return
        self.picked.emit(Source(url=typed) if typed else None)

    def _on_cleared(self) -> None:
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(None)


def _shown(source: Source | None) -> str:
    if source is None:
        return ""
    return PurePath(source.path).name if source.path else source.url or ""
