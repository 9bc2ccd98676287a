"""The desk that commands work with: every family of verbs under its name."""

from __future__ import annotations

from typing import Protocol

from redub.ui.commands.verbs import (
    BatchVerbs,
    ConversionVerbs,
    DrivingVerbs,
    EditVerbs,
    FaceVerbs,
    FileVerbs,
    HelpVerbs,
    InterchangeVerbs,
    KeyVerbs,
    ListenVerbs,
    MarkVerbs,
    PlayVerbs,
    RecentVerbs,
    RecoveryVerbs,
    ReviewVerbs,
    ScriptFileVerbs,
    ScriptVerbs,
    ServiceVerbs,
    SettingsVerbs,
    TakeVerbs,
    TemplateVerbs,
    ViewVerbs,
)


class Desk(Protocol):
    """Everything that a command may use."""

    @property
    def files(self) -> FileVerbs:
        """Return the verbs of opening and saving."""

    @property
    def recent(self) -> RecentVerbs:
        """Return what was opened last."""

    @property
    def templates(self) -> TemplateVerbs:
        """Return the templates."""

    @property
    def edit(self) -> EditVerbs:
        """Return undo and redo."""

    @property
    def marks(self) -> MarkVerbs:
        """Return the marks."""

    @property
    def conversions(self) -> ConversionVerbs:
        """Return the queue of conversions."""

    @property
    def faces(self) -> FaceVerbs:
        """Return what begins with faces."""

    @property
    def play(self) -> PlayVerbs:
        """Return playing."""

    @property
    def takes(self) -> TakeVerbs:
        """Return the takes."""

    @property
    def review(self) -> ReviewVerbs:
        """Return judging what was made."""

    @property
    def interchange(self) -> InterchangeVerbs:
        """Return the exchange with editing programs."""

    @property
    def batch(self) -> BatchVerbs:
        """Return many takes at once."""

    @property
    def recovery(self) -> RecoveryVerbs:
        """Return what was not saved."""

    @property
    def keys(self) -> KeyVerbs:
        """Return the keys."""

    @property
    def listen(self) -> ListenVerbs:
        """Return hearing the script."""

    @property
    def script(self) -> ScriptVerbs:
        """Return the script."""

    @property
    def driving(self) -> DrivingVerbs:
        """Return a sound as the driver."""

    @property
    def script_files(self) -> ScriptFileVerbs:
        """Return scripts in files."""

    @property
    def service(self) -> ServiceVerbs:
        """Return the service."""

    @property
    def settings(self) -> SettingsVerbs:
        """Return the settings."""

    @property
    def look(self) -> ViewVerbs:
        """Return the window's look."""

    @property
    def help(self) -> HelpVerbs:
        """Return help."""
