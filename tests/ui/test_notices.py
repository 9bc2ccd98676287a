from __future__ import annotations

import asyncio
import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.errors import Bug, UserError
from redub.ui.notices import Notice, NoticeAction, NoticeLevel, Notices, NoticeStack, from_error
from redub.ui.notices.card import NoticeCard
from redub.ui.notices.hooks import hooked, watch_loop
from redub.ui.notices.outlet import MOST
from support.logs import ExpectedLog
from ui.views import named


def a_notice(text: str = "So it is.", level: NoticeLevel = NoticeLevel.WARNING, replace: str = "") -> Notice:
    return Notice(level=level, text=text, replace=replace)


def said(notices: Notices) -> list[str]:
    return [notice.text for _number, notice in notices.shown]


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    return Notices()


def test_outlet__at_most_three_stand(notices: Notices) -> None:
    for number in range(MOST + 2):
        notices.post(a_notice(str(number)))

    assert said(notices) == ["2", "3", "4"]


def test_outlet__a_passing_one_makes_room_first(notices: Notices) -> None:
    notices.post(a_notice("stays"))
    notices.post(a_notice("passes", NoticeLevel.INFO))
    notices.post(a_notice("b"))
    notices.post(a_notice("c"))

    assert said(notices) == ["stays", "b", "c"]


def test_outlet__the_newest_is_seen_even_when_three_stay(notices: Notices) -> None:
    for number in range(MOST):
        notices.post(a_notice(str(number)))
    notices.post(a_notice("passes", NoticeLevel.INFO))

    assert said(notices) == ["1", "2", "passes"]


def test_outlet__the_same_key_takes_the_place(notices: Notices) -> None:
    notices.post(a_notice("10 %", replace="sample"))
    notices.post(a_notice("other"))
    notices.post(a_notice("20 %", replace="sample"))

    assert said(notices) == ["20 %", "other"]


def test_outlet__the_same_notice_is_not_shown_twice(notices: Notices) -> None:
    notices.post(a_notice())
    notices.post(a_notice())

    assert len(notices.shown) == 1


def test_outlet__withdrawn_by_key(notices: Notices) -> None:
    notices.post(a_notice(replace="sample"))

    notices.withdraw("sample")

    assert notices.shown == ()


def test_outlet__from_another_thread(notices: Notices, qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: notices.post(a_notice("from afar")))
    with qtbot.waitSignal(notices.changed):
        thread.start()
    thread.join()

    assert said(notices) == ["from afar"]


def test_from_error__our_own_says_what_why_and_next() -> None:
    notice = from_error(
        UserError("It cannot be read.", why="It is gone.", next_step="Put it back.", detail="ENOENT")
    )

    assert (notice.text, notice.more) == ("It cannot be read.", "It is gone. Put it back.")
    assert notice.for_copying.endswith("ENOENT")


def test_from_error__anything_else_is_a_mistake_of_ours() -> None:
    notice = from_error(ZeroDivisionError("by zero"))

    assert "mistake of the program" in notice.more
    assert "ZeroDivisionError: by zero" in notice.detail


def test_from_error__a_bug_keeps_its_words() -> None:
    assert from_error(Bug("Impossible.")).text == "Impossible."


def test_card__ways_on(qtbot: QtBot) -> None:
    done: list[str] = []
    notice = Notice(
        level=NoticeLevel.ERROR,
        text="Not sent.",
        detail="HTTP 500",
        actions=(NoticeAction("Try again", lambda: done.append("again")),),
    )
    card = NoticeCard(notice)
    qtbot.addWidget(card)
    card.closed.connect(lambda: done.append("closed"))

    named(card, QPushButton, "Copy details").click()
    named(card, QPushButton, "Try again").click()

    assert done == ["closed", "again"]
    assert QGuiApplication.clipboard().text() == "Not sent.\nHTTP 500"
    assert card.accessibleName() == "Problem: Not sent."


def test_card__shows_no_markup(qtbot: QtBot) -> None:
    card = NoticeCard(a_notice("<b>clip</b>.mp4"))
    qtbot.addWidget(card)

    assert "<b>clip</b>.mp4" in [each.text() for each in card.findChildren(QLabel)]


def test_stack__over_the_lower_edge_and_closable(qtbot: QtBot, notices: Notices) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    stack = NoticeStack(notices, window)
    window.show()

    notices.post(a_notice())
    assert stack.isVisible()
    assert 500 < stack.geometry().bottom() < 600

    named(stack, QToolButton, "Close this notice").click()
    assert not stack.isVisible()


def test_hooks__uncaught_errors_become_notices(notices: Notices, expect_log: ExpectedLog) -> None:
    expect_log("Uncaught in")
    with hooked(notices):
        try:
            raise ZeroDivisionError
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=lambda: 1 // 0, name="worker")
        thread.start()
        thread.join()

    assert said(notices) == ["Something went wrong inside the program."]


def test_hooks__are_taken_back(notices: Notices) -> None:
    before = sys.excepthook, threading.excepthook

    with hooked(notices):
        assert sys.excepthook is not before[0]

    assert (sys.excepthook, threading.excepthook) == before


def test_hooks__qt_speaks_to_the_log(notices: Notices, expect_log: ExpectedLog) -> None:
    expect_log("a warning of Qt")

    with hooked(notices):
        qWarning("a warning of Qt")

    assert notices.shown == ()


async def test_hooks__the_loop_reports_failed_callbacks(expect_log: ExpectedLog) -> None:
    expect_log("Uncaught in")
    told: list[BaseException] = []

    class Kept(Notices):
        def post_error(self, error: BaseException, *, replace: str = "") -> None:
            told.append(error)

    loop = asyncio.get_running_loop()
    watch_loop(loop, Kept())
    loop.call_soon(lambda: 1 // 0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    loop.set_exception_handler(None)

    assert [type(error) for error in told] == [ZeroDivisionError]
