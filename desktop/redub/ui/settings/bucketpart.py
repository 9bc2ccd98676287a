"""What the page of the bucket has beside its settings: the secret half of the key, and the check."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from redub.core.diagnosis import Step
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column
from redub.ui.controls.option import OptionRow
from redub.ui.controls.steps import StepList
from redub.ui.theme import scale


class BucketPart(QWidget):
    """The secret of the bucket, and whether everything works.

    Signals: `secret_entered` with the secret; `check_wanted` with what stands in the field ("" for the one kept).
    """

    secret_entered = Signal(str)
    check_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = column(self, gap=scale().space.medium)
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.editingFinished.connect(self._on_finished)
        said = _(
            "The secret half of the key (SecretKey at Tencent COS). It is kept in your computer's keyring."
        )
        whole.addWidget(OptionRow(_("Secret"), "", self._secret, said))
        self._check = push_button(_("Check bucket"), self._on_check)
        whole.addWidget(self._check, 0, Qt.AlignmentFlag.AlignLeft)
        self._steps = StepList(_("What the check of the bucket has found"))
        whole.addWidget(self._steps)

    @property
    def said(self) -> tuple[str, ...]:
        """Return what the last check has found."""
        return self._steps.said

    def show_kept(self, kept: bool) -> None:
        """Say in the field whether a secret is kept."""
        self._secret.clear()
        self._secret.setPlaceholderText(_("The one that is kept stays") if kept else "")

    def begin_check(self) -> None:
        """Show that the check runs."""
        self._check.setEnabled(False)
        self._steps.begin(_("Checking…"))

    def add_step(self, step: Step) -> None:
        """Show one more step."""
        self._steps.add(step)

    def end_check(self) -> None:
        """Let the check be asked for again."""
        self._check.setEnabled(True)

    def _on_finished(self) -> None:
        if self._secret.text().strip():
            self.secret_entered.emit(self._secret.text().strip())

    def _on_check(self) -> None:
        self.check_wanted.emit(self._secret.text().strip())
