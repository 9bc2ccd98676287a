"""All takes are checked together, confirmed once, and made in their order."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest

from journeys.windows import open_dialog, program_on, states
from redub.core import edits
from redub.core.history import Edit
from redub.core.tasks import TaskState
from redub.ui.batch import BatchDialog
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


def test_batch__rehearsed_with_one_yes(qasync_run: Run, clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=12.0, width=640, height=480, gop=25)

    async def journey() -> None:
        async with program_on(clip) as program:
            editing = program.tools.editing
            await until(lambda: editing.view.facts is not None)
            for words in ("The second thing to say.", "", "The fourth thing to say."):
                take_id = editing.add_take(words or "Silent")
                editing.apply(Edit("Write", partial(edits.set_script, take_id=take_id, script=words)))

            program.actions.run("take.make_all")
            await until(lambda: isinstance(open_dialog(), BatchDialog))
            dialog = open_dialog()
            assert isinstance(dialog, BatchDialog)
            assert [one.take.name for one in dialog.chosen][1:] == [
                "The second thing to say.",
                "The fourth thing to say.",
            ]
            assert dialog._total.text().startswith("3 takes, ≈ ")
            dialog._make.click()
            editing.apply(Edit("Remove", partial(edits.remove_take, take_id=editing.view.take_id)))

            await until(lambda: states(program) == [TaskState.DONE] * 3, seconds=120)
            made = sorted(program.tools.feed.records, key=lambda record: record.created)
            assert [record.take_name for record in made][1:] == [
                "The second thing to say.",
                "The fourth thing to say.",
            ]
            assert not program.tools.sending

    qasync_run(journey())
