"""What is written where: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys

from redub.core.errors import Bug, RedubError
from redub.core.findings import Finding, Level


def say(message: str) -> None:
    """Write a message for the person to stderr."""
    print(message, file=sys.stderr, flush=True)


def result(text: str) -> None:
    """Write a result to stdout."""
    print(text, flush=True)


def result_json(value: object) -> None:
    """Write a result to stdout as JSON."""
    result(json.dumps(value, ensure_ascii=False, indent=2))


def complain(error: RedubError, log_file: str) -> None:
    """Say an error in its own sentences; for a mistake of our own also where the log lies."""
    say(f"redub: {error}")
    if error.detail and not isinstance(error, Bug):
        say(f"  ({' '.join(error.detail.split())[:500]})")
    if isinstance(error, Bug):
        say(f"This is a mistake in Redub. What led to it is in {log_file}.")


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Write findings to stderr, with the way out under each."""
    for finding in findings:
        say(f"{_MARKS[finding.level]} {finding.message}")
        if finding.fix:
            say(f"    {finding.fix}")


_MARKS = {Level.ERROR: "error:  ", Level.WARNING: "warning:", Level.INFO: "info:   "}
