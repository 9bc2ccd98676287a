from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from redub.ui.window.recentmenu import RecentMenu, short_folder


@pytest.fixture
def menu(qtbot: QtBot) -> RecentMenu:
    made = RecentMenu()
    qtbot.addWidget(made)
    return made


def lines(menu: RecentMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_recent_menu__empty_says_so(menu: RecentMenu) -> None:
    assert lines(menu) == ["Nothing was opened yet."]
    assert not menu.actions()[0].isEnabled()


def test_recent_menu__counted_with_the_way_to_clear_it(menu: RecentMenu) -> None:
    menu.put((Path("/films/A & B.redub"), Path("/films/take.mp4")))

    assert lines(menu) == ["&1  A && B.redub in /films", "&2  take.mp4 in /films", "Clear the list"]


def test_recent_menu__a_line_opens_its_file(menu: RecentMenu, qtbot: QtBot) -> None:
    menu.put((Path("/films/a.redub"), Path("/films/b.mp4")))

    with qtbot.waitSignal(menu.wanted) as wanted:
        menu.actions()[1].trigger()
    with qtbot.waitSignal(menu.clear_wanted):
        menu.actions()[-1].trigger()

    assert wanted.args == [Path("/films/b.mp4")]


def test_short_folder__from_home_on_and_not_too_long() -> None:
    assert short_folder(Path.home() / "films" / "a.mp4") == str(Path("~/films"))
    assert short_folder(Path("/" + "x" * 90) / "a.mp4").startswith("…x")
