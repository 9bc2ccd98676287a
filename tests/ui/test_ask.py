from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from redub.services.scope import TaskScope
from redub.ui.account import AccountDialog, Entry
from redub.ui.ask import Choice, ask_choice, ask_text
from support.waiting import until
from ui.views import named

Run = Callable[[Coroutine[Any, Any, None]], None]
CHOICES = (
    Choice("save", "Save", "primary"),
    Choice("lose", "Do not save"),
    Choice("stay", "Cancel", is_escape=True),
)


def open_dialog() -> QDialog | None:
    return next(
        (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()),
        None,
    )


def pressing(key: Qt.Key) -> Callable[[QDialog], object]:
    """Return an answer that is given by `key`."""
    return lambda dialog: QTest.keyClick(dialog, key)


async def answered(question: Coroutine[Any, Any, Any], answer: Callable[[QDialog], object]) -> Any:
    """Ask `question`, answer when its dialog is open, and return what came of it."""
    results: list[Any] = []

    async def asking() -> None:
        results.append(await question)

    scope = TaskScope("test")
    scope.start(asking(), name="ask")
    await until(lambda: open_dialog() is not None)
    dialog = open_dialog()
    assert dialog is not None
    answer(dialog)
    await until(lambda: bool(results))
    await scope.aclose()
    return results[0]


def test_choice__by_button(qasync_run: Run, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    async def case() -> None:
        question = ask_choice(window, "Save?", "It was changed.", CHOICES)
        assert (
            await answered(question, lambda dialog: named(dialog, QPushButton, "Do not save").click())
            == "lose"
        )

    qasync_run(case())


def test_choice__return_means_the_first_and_escape_the_last(qasync_run: Run, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    async def case() -> None:
        for key, meant in ((Qt.Key.Key_Return, "save"), (Qt.Key.Key_Escape, "stay")):
            question = ask_choice(window, "Save?", "It was changed.", CHOICES)
            assert await answered(question, pressing(key)) == meant

    qasync_run(case())


def test_text__what_was_typed(qasync_run: Run, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    def rename(dialog: QDialog) -> None:
        QTest.keyClicks(named(dialog, QLineEdit, "Name"), "Second")
        named(dialog, QPushButton, "OK").click()

    async def case() -> None:
        assert await answered(ask_text(window, "Rename", "Name", "First"), rename) == "Second"

    qasync_run(case())


def test_ask__goes_away_when_nobody_waits_any_more(qasync_run: Run, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    async def case() -> None:
        scope = TaskScope("test")
        scope.start(ask_choice(window, "Save?", "It was changed.", CHOICES), name="ask")
        await until(lambda: open_dialog() is not None)
        await scope.aclose()
        await asyncio.sleep(0)
        assert open_dialog() is None

    qasync_run(case())


def test_account__needs_an_appkey(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = AccountDialog(window, Entry("china", ""), {"international": "International", "china": "China"})
    save = named(dialog, QPushButton, "Save")
    assert not save.isEnabled()

    QTest.keyClicks(named(dialog, QLineEdit, "Appkey"), " key ")
    QTest.keyClicks(named(dialog, QLineEdit, "Accesstoken"), "secret")

    assert save.isEnabled()
    assert dialog.entry == Entry("china", "key", "secret")
    assert named(dialog, QLineEdit, "Accesstoken").echoMode() is QLineEdit.EchoMode.Password
    assert "secret" not in repr(dialog.entry)
