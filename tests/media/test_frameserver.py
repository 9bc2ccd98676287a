from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from media.test_frames import number
from redub.core.errors import RedubError, UserError
from redub.media.frameserver import FrameServer
from redub.media.picture import Picture
from redub.media.picturecache import PictureCache
from support.clips import ClipFactory
from support.waiting import wait_until


class Screen:
    """Takes what a server delivers; waits on conditions."""

    def __init__(self) -> None:
        self.shown: list[tuple[Picture, bool]] = []
        self.errors: list[RedubError] = []
        self.opened = threading.Event()
        self.times: list[float] = []

    def deliver(self, picture: Picture, exact: bool) -> None:
        self.shown.append((picture, exact))

    def on_opened(self, times: Any, _duration: float) -> None:
        self.times = list(times)
        self.opened.set()

    def exact(self) -> list[int]:
        return [picture.index for picture, exact in self.shown if exact]

    def wait_for(self, index: int) -> Picture:
        assert wait_until(lambda: index in self.exact()), f"{index} was not shown, but {self.exact()}"
        return next(picture for picture, exact in self.shown if exact and picture.index == index)


@contextmanager
def serving(clip: Path, screen: Screen, **options: Any) -> Iterator[FrameServer]:
    size = {"width": 160, "height": 120} | options
    server = FrameServer(
        clip, screen.deliver, on_error=screen.errors.append, on_opened=screen.on_opened, **size
    )
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def long_gop(clip_factory: ClipFactory) -> Path:
    return clip_factory(seconds=8, width=160, height=120, gop=250, b_frames=2, audio=False)


def test_want__far_from_a_keyframe__shows_one_on_the_way_and_then_the_exact_one(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        server.want(6.0)
        screen.wait_for(150)

    assert [exact for _, exact in screen.shown] == [False, True]
    assert screen.shown[0][0].index <= 1
    assert [number(picture) for picture, _ in screen.shown] == [p.index for p, _ in screen.shown]


def test_want__another_part__shows_its_keyframe_at_once(clip_factory: ClipFactory) -> None:
    screen = Screen()
    with serving(clip_factory(seconds=8, gop=50, audio=False), screen) as server:
        server.want(7.6)
        screen.wait_for(190)

    assert [(picture.index, exact) for picture, exact in screen.shown] == [(150, False), (190, True)]


def test_want__one_step_back__comes_from_the_cache(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        server.want(6.0)
        screen.wait_for(150)
        server.want(6.0 - 0.04)
        shown = screen.wait_for(149)

    assert number(shown) == 149
    assert [exact for _, exact in screen.shown] == [False, True, True]


def test_want__many_at_once__ends_with_the_last_one(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        for index in range(0, 190, 5):
            server.want(index / 25)
        shown = screen.wait_for(185)

    assert number(shown) == 185
    assert screen.shown[-1][0].index == 185
    assert all(number(picture) == picture.index for picture, _ in screen.shown)


def test_want__before__is_the_one_whose_showing_ends_there(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        server.want(1.0, before=True)
        screen.wait_for(24)


def test_opened__says_the_times(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen):
        assert screen.opened.wait(10)

    assert len(screen.times) == 200


def test_resize__shows_the_last_one_again_in_the_new_size(clip_factory: ClipFactory) -> None:
    screen = Screen()
    with serving(clip_factory(seconds=1), screen) as server:
        server.want(0.4)
        screen.wait_for(10)
        server.resize(80, 60)
        assert wait_until(lambda: screen.shown[-1][1] and screen.shown[-1][0].width == 80)

    assert number(screen.shown[-1][0]) == 10


def test_server__unreadable_clip__tells_on_error_and_ends(tmp_path: Path) -> None:
    screen = Screen()
    with serving(tmp_path / "none.mp4", screen) as server:
        server.want(0)
        assert wait_until(lambda: bool(screen.errors))

    assert isinstance(screen.errors[0], UserError)
    assert not screen.shown


def test_close__while_decoding__joins_and_delivers_nothing_more(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        server.want(7.9)
    after = len(screen.shown)

    assert not server._thread.is_alive()
    assert len(screen.shown) == after


def test_cache__over_its_budget__forgets_the_least_used() -> None:
    cache = PictureCache(budget=250)
    for index in range(3):
        cache.put(Picture(0, index, 1, 1, bytes(100), 3))
        cache.get(0)

    assert cache.get(0) is not None
    assert cache.get(1) is None
    assert cache.get(2) is not None
    assert cache.size == 200


def test_cache__one_picture_larger_than_the_budget__is_kept_alone() -> None:
    cache = PictureCache(budget=10)
    cache.put(Picture(0, 1, 1, 1, bytes(100), 3))
    cache.put(Picture(0, 2, 1, 1, bytes(100), 3))

    assert len(cache) == 1
    assert cache.get(2) is not None


def test_open__at_the_beginning__shows_the_first_picture_before_the_times_are_known(long_gop: Path) -> None:
    told: list[str] = []
    shown = threading.Event()

    def deliver(picture: Picture, exact: bool) -> None:
        told.append(f"{picture.index} {exact}")
        if exact:
            shown.set()

    server = FrameServer(
        long_gop, deliver, width=160, height=120, on_opened=lambda _times, _length: told.append("opened")
    )
    try:
        server.want(0.0)
        assert shown.wait(10)
    finally:
        server.close()

    assert told == ["0 False", "opened", "0 True"]


def test_going_back__shows_every_picture_in_order(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        for index in range(180, 100, -1):
            server.want(index / 25)
            assert number(screen.wait_for(index)) == index

    assert screen.exact() == list(range(180, 100, -1))


def test_going_back__jumping_away_meanwhile__shows_that(long_gop: Path) -> None:
    screen = Screen()
    with serving(long_gop, screen) as server:
        for index in (180, 179, 20, 19, 150, 140, 30):
            server.want(index / 25)
            assert number(screen.wait_for(index)) == index


def test_going_back__in_a_small_cache__is_right(clip_factory: ClipFactory) -> None:
    screen = Screen()
    with serving(clip_factory(seconds=4, gop=100), screen, budget=4 * 160 * 120 * 3) as server:
        for index in range(90, 60, -1):
            server.want(index / 25)
            assert number(screen.wait_for(index)) == index


class Copies:
    """Stands in for a proxy: says at once which picture was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.closed = 0

    def picture(self, index: int, time: float, box: tuple[int, int]) -> Picture | None:
        self.asked.append(index)
        return Picture(time, index, 2, 2, bytes(12), 6) if index < 195 else None

    def close(self) -> None:
        self.closed += 1


def test_stand_in__far_away__is_shown_at_once_and_the_true_picture_follows(long_gop: Path) -> None:
    screen, copies = Screen(), Copies()
    with serving(long_gop, screen) as server:
        server.use_stand_in(copies)
        server.want(6.0)
        shown = screen.wait_for(150)

    assert [(picture.index, picture.width, exact) for picture, exact in screen.shown] == [
        (150, 2, False),
        (150, 160, True),
    ]
    assert number(shown) == 150
    assert copies.closed == 1


def test_stand_in__near_by_or_not_made__is_not_used(long_gop: Path) -> None:
    screen, copies = Screen(), Copies()
    with serving(long_gop, screen) as server:
        server.use_stand_in(copies)
        server.want(6.0)
        screen.wait_for(150)
        server.want(6.04)
        assert number(screen.wait_for(151)) == 151
        server.want(7.96)
        assert number(screen.wait_for(199)) == 199

    assert copies.asked == [150, 199]


def test_stand_in__drag__shows_a_copy_of_each_and_rests_on_the_true_one(long_gop: Path) -> None:
    screen, copies = Screen(), Copies()
    wanted = [10, 150, 60, 180, 30]
    with serving(long_gop, screen) as server:
        server.use_stand_in(copies)
        server.want(0.0)
        screen.wait_for(0)
        for index in wanted:
            server.want(index / 25)
            assert wait_until(lambda index=index: any(p.index == index for p, _ in screen.shown))  # type: ignore[misc]  # mypy does not know what a default gives a lambda
        shown = screen.wait_for(30)

    assert number(shown) == 30
    assert screen.shown[-1][1]
    assert [index for index in copies.asked if index in wanted] == [i for i in wanted if i in copies.asked]


def test_stand_in__another_one_or_the_end__closes_it(long_gop: Path) -> None:
    screen, first, second, late = Screen(), Copies(), Copies(), Copies()
    with serving(long_gop, screen) as server:
        server.use_stand_in(first)
        server.want(6.0)
        screen.wait_for(150)
        server.use_stand_in(second)
        server.want(2.0)
        screen.wait_for(50)
    server.use_stand_in(late)

    assert (first.closed, second.closed, late.closed) == (1, 1, 1)
    assert second.asked == [50]


def test_budget__smaller_while_it_runs__counts_from_then_on(clip_factory: ClipFactory) -> None:
    screen = Screen()
    with serving(clip_factory(seconds=4), screen) as server:
        for index in range(0, 40):
            server.want(index / 25)
            screen.wait_for(index)
        server.set_budget(3 * 160 * 120 * 3)
        server.want(2.0)
        screen.wait_for(50)
        assert wait_until(lambda: not server._near)
        assert len(server._cache) <= 3


def test_drag__without_a_proxy__shows_keyframes_only_until_it_rests(clip_factory: ClipFactory) -> None:
    screen = Screen()
    with serving(clip_factory(seconds=8, gop=25, b_frames=3, audio=False), screen) as server:
        server.want(0.0)
        screen.wait_for(0)
        for index in (60, 95, 170, 45, 144):
            server.want(index / 25)
            key = index // 25 * 25
            assert wait_until(lambda key=key: any(picture.index == key for picture, _ in screen.shown))  # type: ignore[misc]  # mypy does not know what a default gives a lambda
        screen.wait_for(144)

    assert screen.shown[-1][1]
    assert all(number(picture) == picture.index for picture, _ in screen.shown)
    assert all(picture.index % 25 == 0 for picture, exact in screen.shown if not exact)
