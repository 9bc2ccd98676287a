"""The dialog that shows what can be recovered, and what of it is nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from redub.core.shot import Shot
from redub.i18n import _, ngettext
from redub.services.drafting import Draft
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.recovery.words import contents, headline, not_in_file
from redub.ui.theme import scale

_DRAFT = Qt.ItemDataRole.UserRole


class RecoveryDialog(QDialog):
    """Choose one of `drafts`; `chosen` is it after the dialog was accepted.

    :param saved: what the files of the drafts hold now, by path; those that cannot be read are left out
    :param now: Unix seconds
    """

    def __init__(
        self, parent: QWidget, drafts: tuple[Draft, ...], saved: Mapping[Path, Shot], now: float
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Recover"))
        self.resize(560, 420)
        self._saved, self._now = saved, now
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        count = len(drafts)
        title = ngettext("{n} shot was not saved", "{n} shots were not saved", count).format(n=count)
        whole.addWidget(label(title, "title"))
        said = _("Recover it to go on where you were. What you do not recover is kept for 30 days.")
        whole.addWidget(label(said, "quiet", wrap=True))
        self._list = self._make_list(drafts)
        whole.addWidget(self._list, 1)
        self._what = label("", wrap=True)
        whole.addWidget(self._what)
        whole.addLayout(self._buttons())
        self._list.setCurrentRow(0)

    @property
    def chosen(self) -> Draft:
        """Return the marked draft."""
        draft: Draft = self._list.currentItem().data(_DRAFT)
        return draft

    def _make_list(self, drafts: tuple[Draft, ...]) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(_("Shots that were not saved"))
        for draft in drafts:
            item = QListWidgetItem(f"{draft.name}\n{headline(draft, self._now)}")
            item.setData(_DRAFT, draft)
            item.setToolTip(str(draft.path) if draft.path is not None else _("Not saved yet."))
            made.addItem(item)
        made.currentItemChanged.connect(self._on_current_changed)
        made.itemActivated.connect(lambda _item: self.accept())
        return made

    def _on_current_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        draft: Draft = item.data(_DRAFT)
        saved = self._saved.get(draft.path) if draft.path is not None else None
        self._what.setText(f"{contents(draft.shot)}. {not_in_file(saved, draft.shot)}")

    def _buttons(self) -> QHBoxLayout:
        line = row()
        line.addStretch(1)
        line.addWidget(push_button(_("Not now"), self.reject))
        recover = push_button(_("Recover"), self.accept, role="primary")
        recover.setDefault(True)
        line.addWidget(recover)
        return line
