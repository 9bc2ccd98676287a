"""The first start leads from the sample to a clip of one's own; it is skipped, and found again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from journeys.windows import program_on
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


def test_first_steps__led_skipped_and_found_again(qasync_run: Run, clip_factory: ClipFactory) -> None:
    async def journey() -> None:
        async with program_on(clip_factory(seconds=1.0)) as program:
            hint, memory = program.hint, program._memory
            assert hint.isHidden()  # a run in a given size is for a picture

            program.actions.run("help.first_steps")
            assert "Step 3 of 3" in hint.accessibleDescription()

            hint.closed.emit()
            assert (hint.isHidden(), memory.hint_is_closed) == (True, True)

            program.actions.run("help.first_steps")
            assert (hint.isHidden(), memory.hint_is_closed) == (False, False)

            program.tools.site = "international"  # an account was set up
            program._on_service_changed()
            assert hint.isHidden()
            program.actions.run("help.first_steps")
            assert hint.isHidden()
            await until(
                lambda: "all first steps" in " ".join(one.text for _n, one in program.tools.notices.shown)
            )

    qasync_run(journey())
