"""A field for one moment: shows seconds to three decimals, takes every notation that `redub.core.times` reads."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from redub.core import times
from redub.i18n import _
from redub.ui.controls.words import restyle


class TimeField(QLineEdit):
    """A moment that may be empty.

    Signals: `picked` with the new moment (float or None) when the person has finished typing another one.
    """

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: float | None = None
        self._fps = 25.0
        self.setAccessibleName(name)
        self.setPlaceholderText(_("not set"))
        self.setToolTip(_("Seconds, or 1:02.5, or 00:00:07:06, or a frame such as f181."))
        self.setFixedWidth(96)
        self.editingFinished.connect(self._on_finished)
        self.textEdited.connect(lambda: restyle(self, ""))

    def show_time(self, seconds: float | None, fps: float = 25.0) -> None:
        """Show a moment, or nothing; what is being typed is left alone."""
        self._shown, self._fps = seconds, fps
        if not (self.hasFocus() and self.isModified()):
            self._put_back()

    def _put_back(self) -> None:
        self.setText("" if self._shown is None else times.show(self._shown))
        restyle(self, "")

    def _on_finished(self) -> None:
        if not self.isModified():
            return
        typed = self.text().strip()
        moment = times.parse(typed, self._fps) if typed else None
        if typed and moment is None:
            restyle(self, "bad")
            return
        self.setModified(False)
        if moment != self._shown:
            self.picked.emit(moment)
        else:
            self._put_back()
