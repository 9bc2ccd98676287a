"""The panel of options."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from redub.core.findings import Finding
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.layouts import column
from redub.ui.controls.option import OptionRow
from redub.ui.controls.words import line
from redub.ui.findings.inline import InlineFinding
from redub.ui.options.group import Group
from redub.ui.options.letters import LettersGroup
from redub.ui.options.part import PartGroup
from redub.ui.options.said import SaidGroup
from redub.ui.options.stills import StillsGroup
from redub.ui.options.takeoptions import DeliveryGroup, FacesGroup, RepeatGroup
from redub.ui.options.void import void_options
from redub.ui.theme import scale


class OptionsPanel(QWidget):
    """Every option of the API page but script and voice, grouped by what it does for the creator.

    Signals: `choose_wanted` with the API page's field whose file is to be chosen; `remedy_wanted` with a Finding whose
    one click was asked for; `still_wanted` when the lips are to be left alone where the playhead stands;
    `edit_wanted`, `edit_ended` as every panel has them.
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    choose_wanted = Signal(str)
    remedy_wanted = Signal(object)
    still_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("options")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._told: tuple[Finding, ...] = ()
        stills = StillsGroup()
        stills.still_wanted.connect(self.still_wanted)
        self._groups: tuple[Group, ...] = (
            SaidGroup(),
            PartGroup(),
            stills,
            RepeatGroup(),
            FacesGroup(),
            DeliveryGroup(),
            LettersGroup(),
        )
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._inner())
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("Options"))
        column(self).addWidget(self._scroll)

    def _inner(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("role", "clear")
        whole = column(inner, margin=scale().space.medium, gap=scale().space.large)
        for group in self._groups:
            if group is not self._groups[0]:
                whole.addWidget(line())
            group.edit_wanted.connect(self.edit_wanted)
            group.choose_wanted.connect(self.choose_wanted)
            whole.addWidget(group)
        whole.addStretch(1)
        return inner

    def show_view(self, view: ShotView) -> None:
        """Show every option, those without effect greyed with the reason."""
        reasons = void_options(view.shot.selection, view.take)
        for group in self._groups:
            group.show_view(view)
            group.set_void(reasons)
        self._show_findings(view.findings)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Put each finding beneath the option that it is about; those without effect are greyed already."""
        told = tuple(finding for finding in findings if not finding.code.endswith(".void"))
        if told == self._told:
            return
        self._told = told
        for row in (row for group in self._groups for row in group.rows):
            about = [finding for finding in told if finding.field == row.api_name]
            row.show_notes([self._note(finding) for finding in about])

    def _note(self, finding: Finding) -> InlineFinding:
        note = InlineFinding(finding)
        note.remedy_wanted.connect(self.remedy_wanted)
        return note

    def row(self, api_name: str) -> OptionRow | None:
        """Return the row of a field of the API page, or None."""
        rows = (row for group in self._groups for row in group.rows)
        return next((row for row in rows if row.api_name == api_name), None)

    def reveal(self, api_name: str) -> bool:
        """Scroll to a field and give it the focus; False when it has no row here."""
        row = self.row(api_name)
        if row is None:
            return False
        self._scroll.ensureWidgetVisible(row)
        row.take_focus()
        return True
