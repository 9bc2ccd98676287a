"""What drives the lips: a script or a recording."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from redub.core import edits
from redub.core.shot import DriverType, Source
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.sourcefield import SourceField
from redub.ui.options.choices import Choices, Way
from redub.ui.options.group import Group


class SaidGroup(Group):
    """DriverType and InputAudioUrl."""

    def __init__(self) -> None:
        super().__init__(_("What is said"))
        self._view: ShotView | None = None
        ways = (
            Way(DriverType.TEXT, _("A script"), _("You write it, one of the service's voices speaks it.")),
            Way(
                DriverType.ORIGINAL_VOICE,
                _("A recording"),
                _("You bring it: wav, mp3, wma, m4a, aac or ogg."),
            ),
        )
        self._driver = Choices(_("What drives the lips"), ways)
        self._driver.chosen.connect(self._on_driver)
        self.add_row(_("The lips follow"), "DriverType", self._driver)
        self._recording = SourceField(_("Voice recording"))
        self._recording.picked.connect(self._on_recording)
        self._recording.choose_wanted.connect(partial(self.choose_wanted.emit, "InputAudioUrl"))
        self._recording_row = self.add_row(_("Voice recording"), "InputAudioUrl", self._recording)

    def show_view(self, view: ShotView) -> None:
        """Show the take's driver and recording."""
        self._view = view
        take = view.take
        self.setEnabled(take is not None)
        if take is None:
            return
        self._driver.show_value(take.driver)
        self._recording.show_source(take.recording)
        self._recording_row.setVisible(take.driver is DriverType.ORIGINAL_VOICE)

    def _on_driver(self, driver: DriverType) -> None:
        take = self._view.take if self._view is not None else None
        if take is not None:
            words = _("Speak a script") if driver is DriverType.TEXT else _("Use a recording")
            self.tell(words, partial(edits.set_take, take=replace(take, driver=driver)))

    def _on_recording(self, source: Source | None) -> None:
        take = self._view.take if self._view is not None else None
        if take is not None:
            changed = replace(take, recording=source)
            self.tell(_("Choose a recording"), partial(edits.set_take, take=changed))
