"""The set-up's entry: old Pythons get a sentence, wrong use gets a sentence, the doctor answers as JSON."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

_SETUP = Path(__file__).resolve().parents[2] / "packaging" / "setup.py"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, str(_SETUP), *arguments]
    return subprocess.run(argv, capture_output=True, text=True, check=False)


def test_entry__is_read_by_old_pythons() -> None:
    ast.parse(_SETUP.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_entry__tells_an_old_python_what_is_needed() -> None:
    pretend = f"import sys; sys.version_info = (3, 8, 0); exec(open({str(_SETUP)!r}).read())"

    told = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert told.stderr.startswith("Redub needs Python 3.11 or newer, and this is Python 3.8.")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("arguments", [["doctor", "now"], ["lock", "--fast"]])
def test_entry__refuses_what_a_command_does_not_take(arguments: list[str]) -> None:
    refused = _run(*arguments)

    assert refused.returncode == 1
    assert f"{arguments[0]} takes no {arguments[1]}" in refused.stderr


def test_entry__without_a_command_says_which_there_are() -> None:
    asked = _run()

    assert asked.returncode == 2
    assert "COMMAND" in asked.stderr


@pytest.mark.slow
def test_doctor__answers_as_json() -> None:
    asked = _run("doctor", "--json")

    report = json.loads(asked.stdout)
    items = {item["name"]: item for item in report["items"]}
    assert {
        "Python",
        ".venv",
        "Python packages",
        "ffmpeg",
        "espeak-ng",
        "display",
        "disk space",
    } <= items.keys()
    assert {item["state"] for item in report["items"]} <= {"ok", "note", "missing"}
    assert asked.returncode == (0 if report["ok"] else 1)
    assert all(item["help"] for item in report["items"] if item["state"] == "missing")
