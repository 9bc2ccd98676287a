"""Words that a linter cannot see and that have no place in the program, and how long its files may be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[2]
_MODULES = sorted((_CHECKOUT / "desktop").rglob("*.py"))
_LONGEST = 500

_BANNED = {
    r"\.exec(_)?\(": "A nested loop inside a coroutine loses other tasks: use open() and wait for `finished`.",
    r"\bprocessEvents\b": "It runs foreign slots in the middle of a function: await something instead.",
    r"\basyncSlot\b": "Its tasks have no owner: connect a plain slot that calls scope.start(...).",
    r"\basyncClose\b": "It spins the loop: let closeEvent emit a signal and drain the scopes.",
    r"\bQThread\b": "The loop, to_thread and processes suffice.",
    r"\b(TODO|FIXME|XXX)\b": "Finish it, or leave it out.",
    r"\braise NotImplementedError\b": "What is not there is left out.",
}


def _places(pattern: str) -> list[str]:
    found = []
    for module in _MODULES:
        for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(pattern, line):
                found.append(f"{module.relative_to(_CHECKOUT)}:{number}: {line.strip()}")
    return found


@pytest.mark.parametrize("pattern", _BANNED)
def test_program__does_without(pattern: str) -> None:
    assert _places(pattern) == [], _BANNED[pattern]


def test_modules__are_short_enough_to_read() -> None:
    lengths = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in _MODULES}

    assert [f"{module.name}: {length}" for module, length in lengths.items() if length > _LONGEST] == []


def test_message_boxes__are_shown_by_the_notices_alone() -> None:
    found = [place for place in _places(r"\bQMessageBox\b") if "/ui/notices" not in place.replace("\\", "/")]

    assert found == []
