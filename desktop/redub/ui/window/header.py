"""The window's head: menus, the shot's name, the service, and the one primary button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMenuBar, QSizePolicy, QToolButton, QWidget

from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.commands import CommandActions
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import row
from redub.ui.controls.words import label
from redub.ui.icons import icon
from redub.ui.theme import scale

SITES = ("service.rehearsal", "service.international", "service.china")
UNSAVED_SIGN = "•"


class Header(QFrame):
    """One row at the top of the window, made from the command table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        space = scale().space
        line = row(self, gap=space.small)
        line.setContentsMargins(space.hair, 6, space.medium, 6)
        self.menus = QMenuBar()
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        line.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        self._add_name(line)
        line.addStretch(1)
        self._line = line
        self._service = QToolButton(self)
        self._make = push_button("", role="primary", sign="rehearse", parent=self)

    def _add_name(self, line: QHBoxLayout) -> None:
        self._name = label("", "strong")
        self._name.setAccessibleName(_("Name of the shot"))
        self._unsaved = label(UNSAVED_SIGN, "title")
        self._unsaved.setProperty("role", "dot")
        self._unsaved.setToolTip(_("Changed since it was last saved."))
        line.addWidget(self._name)
        line.addWidget(self._unsaved)

    def bind(self, actions: CommandActions) -> None:
        """Make menus, undo and redo, the service's chooser and the primary button from the commands."""
        actions.fill(self.menus)
        for command_id in ("edit.undo", "edit.redo"):
            button = tool_button("undo", "")
            button.setDefaultAction(actions[command_id])
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self._line.addWidget(button)
        self._line.addSpacing(scale().space.small)
        self._bind_service(actions)
        self._bind_make(actions["take.make"])

    def _bind_service(self, actions: CommandActions) -> None:
        menu = QMenu(self)
        for command_id in SITES:
            menu.addAction(actions[command_id])
        menu.addSeparator()
        menu.addAction(actions["service.account"])
        self._service.setProperty("role", "chooser")
        self._service.setMenu(menu)
        self._service.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._service.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._service.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._service.setToolTip(_("The service that takes are sent to"))
        self._line.addWidget(self._service)

    def _bind_make(self, action: QAction) -> None:
        self._action = action
        self._make.clicked.connect(action.trigger)
        self._make.setIconSize(QSize(18, 18))
        action.changed.connect(self._on_make_changed)
        self._line.addWidget(self._make)
        self._on_make_changed()

    def _on_make_changed(self) -> None:
        self._make.setText(f" {self._action.text()}")  # Qt leaves hardly any room after an icon
        self._make.setEnabled(self._action.isEnabled())
        self._make.setToolTip(self._action.toolTip())
        self._make.setAccessibleName(self._action.text())
        self._make.setAccessibleDescription(self._action.toolTip())

    def show_view(self, view: ShotView, name: str) -> None:
        """Show the shot's name, and a dot while it differs from its file."""
        self._name.setText(name)
        self._name.setToolTip(str(view.path) if view.path is not None else _("Not saved yet."))
        self._unsaved.setVisible(view.unsaved)

    def show_service(self, site: str, title: str) -> None:
        """Show the chosen service."""
        self._service.setText(title)
        self._service.setAccessibleName(_("Service: {title}").format(title=title))
        self._service.setIcon(icon("service" if site == "rehearsal" else "cloud", "quiet"))
        self._make.setIcon(icon("rehearse" if site == "rehearsal" else "make", "on_accent"))
