"""A window is opened only where it would be seen, and the virtual display is gone when its user is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from provision import screen
from support.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Other systems always have a display.")
_PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
needs_xvfb = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed here.")


@pytest.mark.parametrize(
    "environ, there",
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":59871"}, False),
        ({"DISPLAY": "desk.example:0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_has_display__only_where_one_answers(environ: dict[str, str], there: bool) -> None:
    assert screen.has_display(environ) is there


@needs_xvfb
@pytest.mark.slow
def test_virtual_display__is_there_and_gone() -> None:
    with screen.virtual_display() as display:
        assert display is not None
        assert screen.has_display({"DISPLAY": display})

    assert not screen.has_display({"DISPLAY": display})


@needs_xvfb
@pytest.mark.slow
def test_virtual_display__two_at_a_time() -> None:
    with screen.virtual_display() as one, screen.virtual_display() as other:
        assert one != other


@needs_xvfb
@pytest.mark.slow
def test_virtual_display__does_not_outlive_a_killed_user() -> None:
    user = "from provision import screen\nwith screen.virtual_display() as name:\n print(name, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", user],
        env=os.environ | {"PYTHONPATH": str(_PACKAGING)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        display = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
        process.wait()

    assert wait_until(lambda: not screen.has_display({"DISPLAY": display}))


_CALLS_PYTEST = """
import os, sys
from provision import checking
child = "import time\\nprint('started', flush=True)\\ntry: time.sleep(60)\\nfinally: print('cleaned up', flush=True)"
sys.exit(checking._call([sys.executable, "-c", child], os.environ))
"""


def test_checks__that_are_terminated_clean_up() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CALLS_PYTEST],
        env=os.environ | {"PYTHONPATH": str(_PACKAGING)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.terminate()
        said = process.stdout.read()

    assert said == "cleaned up\n"
    assert process.returncode != 0
