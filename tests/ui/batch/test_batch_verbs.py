"""What becomes of the takes of a batch that was confirmed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from redub.core.checkedtakes import CheckedTake
from redub.core.errors import UserError
from redub.core.shot import Shot
from redub.services.making import Again
from redub.ui.notices import Notices
from redub.ui.verbs.batch import BatchActions
from redub.ui.verbs.sending import Sending
from redub.ui.verbs.tools import Tools
from ui.views import a_take

CHOSEN = tuple(CheckedTake(take=a_take(id=id_), seconds=3.0) for id_ in "abc")
SHOT = Shot(takes=tuple(one.take for one in CHOSEN))


class Sender:
    """Sends like `Sending`: everything was sent before, and the take "b" is refused."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.sent: list[tuple[str, Again]] = []
        self.busy: list[set[str]] = []

    async def send(self, _shot: Shot, _name: str, take_id: str, _seconds: float, decide: Any) -> bool:
        self.busy.append(set(self.tools.sending))
        if take_id == "b":
            raise UserError("The folder takes no files.")
        self.sent.append((take_id, await decide(())))
        return True


def a_batch(site: str) -> tuple[BatchActions, Sender, list[tuple[Any, ...]]]:
    said: list[tuple[Any, ...]] = []
    plain = {
        "site": site,
        "sending": set(),
        "notices": Notices(),
        "editing": SimpleNamespace(refresh=lambda: None),
        "say": lambda *words: said.append(words),
    }
    tools = cast(Tools, SimpleNamespace(**plain))
    sender = Sender(tools)
    return BatchActions(tools, cast(Sending, sender), {}), sender, said


@pytest.mark.parametrize(
    "site,again,expected",
    [
        ("international", False, Again.FOLLOW),
        ("international", True, Again.SEND),
        ("rehearsal", False, Again.SEND),
    ],
)
async def test_batch__nothing_is_paid_for_twice_unless_it_is_said_so(
    site: str, again: bool, expected: Again
) -> None:
    batch, sender, said = a_batch(site)

    await batch._send_all(SHOT, "Interview", CHOSEN, again=again)

    assert sender.sent == [("a", expected), ("c", expected)]
    assert said[0][0].startswith("2 takes")
    assert ("sent exactly so before" in said[0][0]) is (expected is Again.FOLLOW)


async def test_batch__what_is_refused_is_told_and_the_next_ones_go_on() -> None:
    batch, sender, _said = a_batch("international")

    await batch._send_all(SHOT, "Interview", CHOSEN, again=False)

    assert sender.busy == [{"a", "b", "c"}, {"b", "c"}, {"c"}]
    assert [notice.text for _n, notice in batch._tools.notices.shown] == ["The folder takes no files."]
    assert not batch._tools.sending
