"""The checks that every test passes through do fail the tests that leave something behind, and only those."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

_CASES = Path(__file__).with_name("leaky_cases.py")
_CHECKOUT = Path(__file__).resolve().parents[2]
_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Processes are looked for in /proc.")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run the cases once and return what was said about each, "" where it passed."""
    report = tmp_path_factory.mktemp("hygiene") / "report.xml"
    environ = os.environ | {
        "REDUB_LEAK_GRACE": "0.2",
        "QT_QPA_PLATFORM": "offscreen",
    }
    argv = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        f"--junitxml={report}",
        "-p",
        "no:cacheprovider",
        str(_CASES),
    ]
    subprocess.run(argv, cwd=_CHECKOUT, env=environ, capture_output=True, check=False)
    said: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        complaints = [
            f"{each.get('message')}\n{each.text}" for each in case if each.tag in ("failure", "error")
        ]
        said[case.get("name", "")] = said.get(case.get("name", ""), "") + "\n".join(complaints)
    return said


@pytest.mark.parametrize(
    "case, complaint",
    [
        ("test_task__left", "_endless_work"),
        ("test_task__left_on_the_qt_loop", "_endless_work"),
        ("test_error__that_nobody_handles", "ValueError"),
        ("test_assertion__of_a_coroutine", "assert 2 == 3"),
        ("test_thread__left", "thread: left-running"),
        pytest.param("test_process__left", "time.sleep(60)", marks=_LINUX),
        pytest.param("test_process__left_by_a_child_that_ended", "time.sleep(60)", marks=_LINUX),
        ("test_timer__left", "QTimer 'left-ticking' started at"),
        ("test_window__left", "window: QLabel 'left-open'"),
        ("test_network__connects_and_swallows_the_refusal", "192.0.2.7"),
        ("test_network__looks_a_name_up", "service.example"),
        ("test_log__warning", "The disk is nearly full."),
        ("test_log__other_than_expected", "expected, not logged: nearly full"),
        ("test_warning", "DeprecationWarning: old ways"),
    ],
)
def test_hygiene__fails(verdicts: dict[str, str], case: str, complaint: str) -> None:
    assert complaint in verdicts[case]


@pytest.mark.parametrize(
    "case",
    [
        "test_task__awaited",
        "test_task__cancelled_in_the_last_moment",
        "test_qt_loop__left_clean",
        "test_thread__joined",
        "test_process__ended",
        "test_timer__stopped",
        "test_window__dropped",
        "test_network__loopback",
        "test_log__info",
        "test_log__expected",
        "test_home__is_the_tests_own",
    ],
)
def test_hygiene__leaves_in_peace(verdicts: dict[str, str], case: str) -> None:
    assert verdicts[case] == ""
