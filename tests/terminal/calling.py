"""Call `redub` as a person does: a program of its own, with arguments, stdout, stderr and an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
SECONDS = 90


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return stdout as JSON; there must be nothing else."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment (the test's REDUB_HOME with it) for a child that finds the sources."""
    return dict(os.environ) | {"PYTHONPATH": str(DESKTOP), "PYTHONWARNINGS": "error::ResourceWarning"} | more


def redub(*arguments: str | Path, **more: str) -> Called:
    """Run `redub` with `arguments` to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "redub", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=environment(**more),
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Called(done.returncode, done.stdout, done.stderr)


def begun(*arguments: str | Path, **more: str) -> subprocess.Popen[str]:
    """Start `redub` with `arguments`; whoever calls this ends it."""
    return subprocess.Popen(
        [sys.executable, "-m", "redub", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
    )
