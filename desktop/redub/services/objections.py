"""What is raised when the check finds that the service would refuse a take."""

from __future__ import annotations

from redub.core.errors import UserError
from redub.core.findings import Finding, Level


class Objected(UserError):
    """The check found what the service would refuse; nothing was sent.

    :ivar findings: everything that was found, errors first
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.level is Level.ERROR]
        super().__init__(errors[0].message, next_step=errors[0].fix)
        self.findings = findings
