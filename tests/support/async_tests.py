"""Runs ``async def test_…`` on a fresh plain asyncio loop; a task that outlives its test fails it, by name."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Coroutine
from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine test; leave every other test to pytest."""
    test = pyfuncitem.obj
    if not inspect.iscoroutinefunction(test):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    run_alone(test(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


def run_alone(test: Coroutine[Any, Any, None]) -> None:
    """Run `test` on a loop of its own and fail if it leaves tasks or errors that nobody asked for."""
    watch = LoopWatch()
    with asyncio.Runner() as runner:
        runner.run(watch.run(test))
    watch.verdict()


class LoopWatch:
    """Notes what a coroutine leaves on its loop: tasks still running, and errors that nobody retrieved."""

    def __init__(self) -> None:
        self._errors: list[str] = []
        self._leaked: list[str] = []

    async def run(self, test: Coroutine[Any, Any, None]) -> None:
        """Run `test`, then note and cancel whatever it left running."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._on_unhandled_error)
        try:
            await test
        finally:
            # What was told to end in the last moment may do so: two rounds of the loop.
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            left = asyncio.all_tasks() - {asyncio.current_task()}
            self._leaked = sorted(_named(task) for task in left)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def verdict(self) -> None:
        """Fail the test if anything was left."""
        if self._leaked:
            pytest.fail("Tasks outlived the test:\n  " + "\n  ".join(self._leaked), pytrace=False)
        if self._errors:
            pytest.fail("Errors that nobody handled:\n  " + "\n  ".join(self._errors), pytrace=False)

    def _on_unhandled_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._errors.append(f"{context.get('message')} {context.get('exception')!r}")


def _named(task: asyncio.Task[Any]) -> str:
    coroutine = task.get_coro()
    name = getattr(coroutine, "__qualname__", repr(coroutine))
    frames = task.get_stack(limit=1)
    place = f" at {frames[0].f_code.co_filename}:{frames[0].f_lineno}" if frames else ""
    return f"{name} (task {task.get_name()!r}){place}"
