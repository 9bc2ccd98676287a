"""A thread, child process, timer or window that a test leaves behind fails that test, by name."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support import processes, qt_leaks
from support.waiting import wait_until

# Seconds that something which was told to end has for it; the checks of this check shorten it.
_GRACE = float(os.environ.get("REDUB_LEAK_GRACE", "3"))
_Names = Callable[[], list[str]]


def _new_threads(before: set[threading.Thread]) -> list[str]:
    # A dummy stands for a foreign thread that once called into Python (libvlc's); it is not ours to join.
    new = set(threading.enumerate()) - before
    return sorted(each.name for each in new if not isinstance(each, threading._DummyThread))


def _after_grace(left: _Names) -> list[str]:
    """Return what is still left when everything had the time to end."""
    return [] if wait_until(lambda: not left(), seconds=_GRACE) else left()


def _complaint(kind: str, left: list[str]) -> list[str]:
    return [f"{kind}: {name}" for name in left]


@pytest.fixture(autouse=True)
def _nothing_left_behind(redub_home: Path) -> Iterator[None]:
    """Compare what runs before and after the test; fixtures of a wider scope are set up before and not counted."""
    threads = set(threading.enumerate())
    census = processes.Census(str(redub_home))
    windows = qt_leaks.windows()
    qt_leaks.forget_timers()
    yield
    left = _complaint("timer", qt_leaks.running_timers())
    left += _complaint("window", qt_leaks.new_windows(windows))
    left += _complaint("thread", _after_grace(lambda: _new_threads(threads)))
    left += _complaint("process", _after_grace(census.names))
    if left:
        census.end()
        pytest.fail("The test left behind\n  " + "\n  ".join(left), pytrace=False)
