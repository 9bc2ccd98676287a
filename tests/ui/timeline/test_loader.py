from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from pytestqt.qtbot import QtBot

from redub.core.errors import UserError
from redub.ui.timeline.loader import Loader


def test_loader__hands_on_every_piece_in_order(qtbot: QtBot) -> None:
    loader, pieces = Loader("test-loader"), list[object]()
    loader.piece.connect(pieces.append)

    with qtbot.waitSignal(loader.finished):
        loader.start(lambda _cancelled: iter(range(5)))
    loader.close()

    assert pieces == [0, 1, 2, 3, 4]


def test_loader__only_the_newest_work_is_heard(qtbot: QtBot) -> None:
    loader, pieces, go = Loader("test-loader"), list[object](), threading.Event()
    loader.piece.connect(pieces.append)

    def slow(cancelled: Callable[[], bool]) -> Iterator[str]:
        yield "old"
        go.wait(10)
        assert cancelled()
        yield "old too"

    loader.start(slow)
    with qtbot.waitSignal(loader.finished):
        loader.start(lambda _cancelled: iter(["new"]))
    go.set()
    loader.close()

    assert pieces == ["new"]


def test_loader__says_what_went_wrong(qtbot: QtBot) -> None:
    loader = Loader("test-loader")

    def broken(cancelled: Callable[[], bool]) -> Iterator[object]:
        if not cancelled():
            raise UserError("The clip is damaged.")
        yield "nothing"

    with qtbot.waitSignal(loader.failed) as heard:
        loader.start(broken)
    loader.close()

    assert heard.args == ["The clip is damaged."]
