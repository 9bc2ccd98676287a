"""What a person is told before a take is paid for."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from redub.core.errors import UserError
from redub.core.shot import Take
from redub.core.tasks import TaskRecord, TaskState
from redub.services.quota import QuotaView
from redub.ui.verbs import sending
from redub.ui.verbs.sending import Sending
from redub.ui.verbs.tools import Tools

VIEW = QuotaView(
    is_exclusive=False,
    minutes=0.4,
    minutes_left=330.0,
    places=5,
    taken=2,
    shot_minutes=1.5,
    month_minutes=2.0,
    is_from_service=True,
)


class Quota:
    """Answers like the service of that name, and keeps what it was asked."""

    def __init__(self, answer: QuotaView | UserError) -> None:
        self.answer = answer
        self.asked: list[dict[str, object]] = []

    async def view(self, **asked: object) -> QuotaView:
        self.asked.append(asked)
        if isinstance(self.answer, UserError):
            raise self.answer
        return self.answer


def tools_with(quota: Quota) -> Tools:
    """Return as much of the tools as sending needs."""
    bench: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    bench.set_result(SimpleNamespace(quota=quota))
    view = SimpleNamespace(take=Take(id="t1", name="Intro"), speech_seconds=24.0, speech_is_real=False)
    plain = {
        "site": "international",
        "window": None,
        "shot_name": "Interview",
        "bench": bench,
        "editing": SimpleNamespace(view=view),
    }
    return cast(Tools, SimpleNamespace(**plain))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what is asked, and answer every question with yes."""
    texts: list[str] = []

    async def ask(_window: object, title: str, text: str, _choices: Any) -> str:
        texts.extend((title, text))
        return sending.YES

    monkeypatch.setattr(sending, "ask_choice", ask)
    return texts


async def test_confirmed__says_what_it_will_use_and_what_is_left(said: list[str]) -> None:
    quota = Quota(VIEW)

    assert await Sending(tools_with(quota), {"international": "Tencent"})._confirmed()

    assert quota.asked == [{"shot": "Interview", "concurrency": None, "seconds": 24.0}]
    assert said[1].splitlines()[2:] == list(VIEW.sentences)
    assert "330 minutes left" in said[1]


async def test_confirmed__an_account_that_cannot_be_asked_is_no_obstacle(said: list[str]) -> None:
    assert await Sending(tools_with(Quota(UserError("no key"))), {})._confirmed()

    assert "no key" not in said[1]
    assert said[1].count("\n") == 0


@pytest.mark.parametrize(
    "state, warns", [(TaskState.DONE, False), (TaskState.QUEUED, False), (TaskState.UNCLEAR, True)]
)
async def test_decide__warns_when_nobody_knows_whether_it_was_made(
    state: TaskState, warns: bool, said: list[str]
) -> None:
    await Sending(tools_with(Quota(VIEW)), {})._decide((TaskRecord(id="1", state=state),))

    assert ("look into your account first" in said[1]) is warns
