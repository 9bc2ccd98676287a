"""The dialog in which the account is entered."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QWidget

from redub.core.diagnosis import Step
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.option import OptionRow
from redub.ui.controls.steps import StepList
from redub.ui.controls.words import label
from redub.ui.theme import scale


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered: the site, the public half of the key, and the secret one ("" keeps the one that is kept)."""

    site: str
    appkey: str
    accesstoken: str = field(default="", repr=False)


class AccountDialog(QDialog):
    """Ask for an account; `entry` is what stands in it.

    Signals: `test_wanted` with the Entry that is to be tested; its steps come back by `add_step`.
    """

    test_wanted = Signal(object)

    def __init__(
        self, parent: QWidget, entry: Entry, titles: dict[str, str], known: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Offer the sites of `titles`, and of the `known` accounts (site, appkey) those of the chosen site."""
        super().__init__(parent)
        self.setWindowTitle(_("Account at Tencent Cloud"))
        self.setMinimumWidth(460)
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        whole.addWidget(label(_("Account at Tencent Cloud"), "title"))
        whole.addWidget(
            label(
                _(
                    "Takes that you make at Tencent Cloud are paid for with this account. Rehearsals need none. "
                    "The accesstoken is kept in your computer's keyring, never in a shot."
                ),
                "quiet",
                wrap=True,
            )
        )
        self._site = QComboBox()
        for name, title in titles.items():
            self._site.addItem(title, name)
        self._site.setCurrentIndex(max(0, self._site.findData(entry.site)))
        whole.addWidget(OptionRow(_("Service"), "", self._site))
        self._known = known
        self._appkey = QComboBox()
        self._appkey.setEditable(True)
        self._appkey.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        typed = self._appkey.lineEdit()
        if typed is not None:
            typed.setAccessibleName(_("Appkey"))
        self._offer_known()
        self._appkey.setEditText(entry.appkey)
        self._site.currentIndexChanged.connect(self._on_site)
        whole.addWidget(OptionRow(_("Appkey"), "appkey", self._appkey))
        self._accesstoken = QLineEdit()
        self._accesstoken.setEchoMode(QLineEdit.EchoMode.Password)
        kept = _("The one that is kept stays when this is left empty.")
        whole.addWidget(OptionRow(_("Accesstoken"), "accesstoken", self._accesstoken, kept))
        self._steps = StepList(_("What the test of the account has found"))
        whole.addWidget(self._steps)
        whole.addStretch(1)
        whole.addLayout(self._buttons())
        self._appkey.editTextChanged.connect(self._judge)
        self._judge()
        self._appkey.setFocus()

    def _buttons(self) -> QHBoxLayout:
        line = row()
        self._test = push_button(_("Test account"), lambda: self.test_wanted.emit(self.entry))
        self._test.setAutoDefault(False)
        line.addWidget(self._test)
        line.addStretch(1)
        line.addWidget(push_button(_("Cancel"), self.reject))
        self._save = push_button(_("Save"), self.accept, role="primary")
        self._save.setDefault(True)
        line.addWidget(self._save)
        return line

    @property
    def entry(self) -> Entry:
        """Return what was entered, without spaces around it."""
        site = str(self._site.currentData())
        return Entry(site, self._appkey.currentText().strip(), self._accesstoken.text().strip())

    @property
    def said(self) -> tuple[str, ...]:
        """Return what the last test has found."""
        return self._steps.said

    def begin_test(self) -> None:
        """Show that the test runs."""
        self._test.setEnabled(False)
        self._steps.begin(_("Testing; nothing is ordered by it…"))

    def add_step(self, step: Step) -> None:
        """Show one more step of the test."""
        self._steps.add(step)

    def end_test(self) -> None:
        """Let the test be asked for again."""
        self._judge()

    def _offer_known(self) -> None:
        """Offer the appkeys that were used at the chosen site, the latest first."""
        self._appkey.clear()
        self._appkey.addItems([appkey for site, appkey in self._known if site == self._site.currentData()])

    def _on_site(self) -> None:
        typed = self._appkey.currentText()
        is_known = any(appkey == typed for _site, appkey in self._known)
        self._offer_known()
        if not is_known or not self._appkey.count():
            self._appkey.setEditText("" if is_known else typed)

    def _judge(self) -> None:
        self._save.setEnabled(bool(self._appkey.currentText().strip()))
        self._test.setEnabled(self._save.isEnabled())
        self._save.setToolTip("" if self._save.isEnabled() else _("Enter the appkey first."))
