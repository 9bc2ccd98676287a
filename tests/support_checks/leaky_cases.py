"""Tests that do what no test may do, and a few that only look like it; `test_hygiene` runs them and reads the verdicts.

The name of this file keeps them out of the ordinary run.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from support.logs import ExpectedLog
from support.qt_loop import QasyncRun

_SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
_KEPT: list[object] = []  # what is kept here is not collected, and so is left behind
_log = logging.getLogger("redub.leaky")


async def _endless_work() -> None:
    await asyncio.sleep(60)


async def test_task__left() -> None:
    _KEPT.append(asyncio.create_task(_endless_work()))
    await asyncio.sleep(0)


async def test_task__awaited() -> None:
    task = asyncio.create_task(_endless_work())
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_task__cancelled_in_the_last_moment() -> None:
    task = asyncio.create_task(_endless_work())
    await asyncio.sleep(0)
    task.cancel()


async def test_error__that_nobody_handles() -> None:
    asyncio.get_running_loop().call_soon(int, "not a number")


async def test_assertion__of_a_coroutine() -> None:
    assert await asyncio.to_thread(sum, [1, 1]) == 3


def test_task__left_on_the_qt_loop(qasync_run: QasyncRun) -> None:
    async def work() -> None:
        _KEPT.append(asyncio.create_task(_endless_work()))
        await asyncio.sleep(0)

    qasync_run(work())


def test_qt_loop__left_clean(qasync_run: QasyncRun) -> None:
    async def work() -> None:
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        assert await child.wait() == 0

    qasync_run(work())


def test_thread__left() -> None:
    threading.Thread(target=time.sleep, args=(60,), name="left-running", daemon=True).start()


def test_thread__joined() -> None:
    thread = threading.Thread(target=time.sleep, args=(0.01,))
    thread.start()
    thread.join()


def test_process__left() -> None:
    _KEPT.append(subprocess.Popen(_SLEEPER))


def test_process__left_by_a_child_that_ended() -> None:
    parent = f"import subprocess; subprocess.Popen({_SLEEPER!r})"
    subprocess.run([sys.executable, "-W", "ignore", "-c", parent], check=True)


def test_process__ended() -> None:
    with subprocess.Popen(_SLEEPER) as child:
        child.kill()


def test_timer__left(qapp: QApplication) -> None:
    timer = QTimer(qapp)
    timer.setObjectName("left-ticking")
    timer.start(1000)


def test_timer__stopped(qapp: QApplication) -> None:
    timer = QTimer(qapp)
    timer.start(1000)
    timer.stop()


def test_window__left(qapp: QApplication) -> None:
    label = QLabel("left")
    label.setObjectName("left-open")
    label.show()
    _KEPT.append(label)


def test_window__dropped(qapp: QApplication) -> None:
    label = QLabel("dropped")
    label.show()
    label.close()
    label.deleteLater()


def test_network__connects_and_swallows_the_refusal() -> None:
    with contextlib.suppress(Exception):
        socket.create_connection(("192.0.2.7", 80), timeout=0.1)


async def test_network__looks_a_name_up() -> None:
    with contextlib.suppress(Exception):
        await asyncio.open_connection("service.example", 443)


async def test_network__loopback() -> None:
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    _reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()


def test_log__warning() -> None:
    _log.warning("The disk is nearly full.")


def test_log__info() -> None:
    _log.info("All is well.")


def test_log__expected(expect_log: ExpectedLog) -> None:
    expect_log("nearly full")
    _log.warning("The disk is nearly full.")


def test_log__other_than_expected(expect_log: ExpectedLog) -> None:
    expect_log("nearly full")
    _log.error("The disk is gone.")


def test_warning() -> None:
    warnings.warn("old ways", DeprecationWarning, stacklevel=1)


def test_home__is_the_tests_own(redub_home: Path, tmp_path: Path) -> None:
    assert redub_home.is_relative_to(tmp_path)
