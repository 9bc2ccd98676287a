"""The panel of findings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from redub.core.findings import Finding, Level
from redub.i18n import _, ngettext
from redub.services.editing import ShotView
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.heading import Heading
from redub.ui.controls.layouts import clear, column
from redub.ui.findings.row import FindingRow


class FindingsPanel(QWidget):
    """What the check has to say about the current take.

    Signals: `remedy_wanted` with a Finding whose one click was asked for; `finding_chosen` with a Finding whose
    place is to be shown; `edit_wanted`, `edit_ended` as every panel has them.
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    remedy_wanted = Signal(object)
    finding_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: tuple[Finding, ...] | None = None
        whole = column(self, gap=0)
        self._heading = Heading(_("Findings"))
        whole.addWidget(self._heading)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._scroll())
        self._empty = EmptyState("ok", "", "")
        self._pages.addWidget(self._empty)
        whole.addWidget(self._pages, 1)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._rows = column(inner, gap=0)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(_("Findings"))
        return scroll

    def show_view(self, view: ShotView) -> None:
        """Show the findings of the view; the same ones are left standing, so that nothing flickers."""
        self._say_empty(view)
        if view.findings == self._shown:
            return
        self._shown = view.findings
        clear(self._rows)
        for finding in view.findings:
            row = self._row(finding)
            self._rows.addWidget(row)
            row.show()
        self._heading.remark(_counted(view.findings))
        self._pages.setCurrentIndex(0 if view.findings else 1)

    def _say_empty(self, view: ShotView) -> None:
        if view.facts is None and view.shot.reference is not None and not view.trouble:
            self._empty.say(_("Looking at the clip…"), _("What the service would refuse appears here."))
        else:
            self._empty.say(
                _("Nothing stands in the way."), _("The service takes this clip and this take as they are.")
            )

    def _row(self, finding: Finding) -> FindingRow:
        made = FindingRow(finding)
        made.remedy_wanted.connect(self.remedy_wanted)
        made.chosen.connect(self.finding_chosen)
        return made


def _counted(findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.level is Level.ERROR for finding in findings)
    if errors:
        return ngettext("{n} must change", "{n} must change", errors).format(n=errors)
    return str(len(findings)) if findings else ""
