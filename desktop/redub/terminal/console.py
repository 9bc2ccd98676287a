"""What is written where: results on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import sys

from redub.core.errors import Bug, EnvironmentFault, RedubError
from redub.core.findings import Finding, Level


def say(message: str) -> None:
    """Write a message for the person to stderr."""
    print(message, file=sys.stderr, flush=True)


def result(text: str) -> None:
    """Write a result to stdout; signs that stdout cannot write become escapes.

    :raises BrokenPipeError: whoever read it has left
    :raises EnvironmentFault: where it leads to takes no more
    """
    try:
        print(_writable(text), flush=True)
    except BrokenPipeError:
        _drop_stdout()
        raise
    except OSError as exc:
        _drop_stdout()
        raise EnvironmentFault(
            "The output could not be written.",
            why="The disk that it goes to is full, or reported a fault.",
            next_step="Make space, or send it elsewhere.",
            detail=str(exc),
        ) from exc


def result_json(value: object) -> None:
    """Write a result to stdout as JSON, in plain ASCII where stdout cannot write every sign; errors as `result`."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    result(text if _can_write(text) else json.dumps(value, indent=2))


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


def _can_write(text: str, errors: str = "strict") -> bool:
    try:
        text.encode(_encoding(), errors)
    except UnicodeEncodeError:
        return False
    return True


def _writable(text: str) -> str:
    if _can_write(text, getattr(sys.stdout, "errors", None) or "strict"):
        return text
    return text.encode(_encoding(), "backslashreplace").decode(_encoding())


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _drop_stdout() -> None:
    """Forget what stdout still holds: Python would try to write it once more at the end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


_MARKS = {Level.ERROR: "error:  ", Level.WARNING: "warning:", Level.INFO: "info:   "}
