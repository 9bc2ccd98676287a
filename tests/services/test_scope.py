"""Work has an owner: it is awaited, cancelled and reported."""

from __future__ import annotations

import asyncio

import pytest

from redub.services.scope import TaskScope


async def test_aclose__cancels_and_awaits_everything() -> None:
    scope, ended = TaskScope("test"), asyncio.Event()

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    scope.start(wait_for_ever(), name="waiting")
    await asyncio.sleep(0)
    await scope.aclose()

    assert ended.is_set()
    assert not scope.busy


async def test_a_failure__is_reported_and_leaves_the_others_alone() -> None:
    reported: list[tuple[str, str]] = []
    scope = TaskScope("test", lambda name, failure: reported.append((name, str(failure))))
    go_on = asyncio.Event()

    async def fail() -> None:
        raise ValueError("broken")

    other = scope.start(go_on.wait(), name="other")
    failing = scope.start(fail(), name="failing")
    await asyncio.wait([failing])
    go_on.set()
    await other

    assert reported == [("test: failing", "broken")]
    await scope.aclose()


async def test_start__after_closing_is_refused() -> None:
    scope = TaskScope("test")
    await scope.aclose()

    with pytest.raises(RuntimeError, match="test is closed"):
        scope.start(asyncio.sleep(0), name="late")


async def test_aclose__from_inside_does_not_wait_for_itself() -> None:
    scope = TaskScope("test")

    await scope.start(scope.aclose(), name="closing")

    assert not scope.busy
