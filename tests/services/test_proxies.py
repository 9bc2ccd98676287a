"""A proxy is made for the clip that is open, in pieces that stay, within a budget, and never for nothing."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.clip import ClipFacts
from redub.media import proxy
from redub.media.probe import probe
from redub.media.proxy import ProxyPictures
from redub.services.proxies import Proxies, ProxyState
from support.clips import ClipFactory
from support.waiting import until


@pytest.fixture
def facts(clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch) -> ClipFacts:
    """A small clip of two pieces, for which a proxy is said to be worth it."""
    monkeypatch.setattr(proxy, "worth_it", lambda _facts: True)
    return probe(clip_factory(seconds=25, width=160, height=120, audio=False))


class Heard:
    def __init__(self, proxies: Proxies) -> None:
        self.states: list[ProxyState | None] = []
        proxies.changes.listen(self.states.append)

    @property
    def last(self) -> ProxyState | None:
        return self.states[-1] if self.states else None

    def is_whole(self) -> bool:
        return self.last is not None and self.last.whole


async def made(cache: Path, facts: ClipFacts) -> list[ProxyState | None]:
    proxies = Proxies(cache)
    heard = Heard(proxies)
    try:
        proxies.follow(facts)
        proxies.follow(facts)
        await until(heard.is_whole, seconds=60)
    finally:
        await proxies.aclose()
    return heard.states


async def test_follow__makes_it_piece_by_piece_and_only_once(tmp_path: Path, facts: ClipFacts) -> None:
    first = await made(tmp_path, facts)
    again = await made(tmp_path, facts)

    assert [state.done if state else None for state in first] == [None, 0, 1, 2]
    assert [state.done if state else None for state in again] == [None, 2]
    assert first[-1] is not None
    assert first[-1].pictures == 625
    copies = ProxyPictures(first[-1].folder, 625)
    assert copies.picture(600, 24.0, (960, 540)) is not None
    copies.close()


async def test_follow__clip_that_was_renamed__is_known_again(tmp_path: Path, facts: ClipFacts) -> None:
    await made(tmp_path, facts)
    moved = Path(shutil.move(facts.path, tmp_path / "renamed.mp4"))

    states = await made(tmp_path, probe(moved))

    assert [state.done if state else None for state in states] == [None, 2]
    assert states[-1] is not None
    assert states[-1].path == moved


async def test_follow__another_clip__stops_the_first_and_keeps_its_pieces(
    tmp_path: Path, facts: ClipFacts
) -> None:
    proxies = Proxies(tmp_path)
    heard = Heard(proxies)
    try:
        proxies.follow(facts)
        await until(lambda: heard.last is not None, seconds=60)
        proxies.follow(None)
        assert heard.last is None
        proxies.follow(facts)
        await until(heard.is_whole, seconds=60)
    finally:
        await proxies.aclose()


async def test_close__while_it_is_made__leaves_no_process(tmp_path: Path, facts: ClipFacts) -> None:
    proxies = Proxies(tmp_path)
    heard = Heard(proxies)
    proxies.follow(facts)
    await until(lambda: heard.last is not None, seconds=60)

    await proxies.aclose()

    assert not heard.is_whole()


async def test_follow__clip_that_seeks_fast_anyway__makes_nothing(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    proxies = Proxies(tmp_path)
    proxies.follow(probe(clip_factory(seconds=1)))
    await proxies.aclose()

    assert not (tmp_path / "proxies").exists()


async def test_follow__clip_of_many_hours__makes_nothing(tmp_path: Path, facts: ClipFacts) -> None:
    assert facts.video is not None
    hours = replace(facts, video=replace(facts.video, frames=4 * 3600 * 25))
    proxies = Proxies(tmp_path)
    proxies.follow(hours)
    await proxies.aclose()

    assert not (tmp_path / "proxies").exists()


async def test_follow__over_the_budget__the_oldest_proxies_go(tmp_path: Path, facts: ClipFacts) -> None:
    assert facts.video is not None
    for age, name in enumerate(("newer", "older"), start=1):
        folder = tmp_path / "proxies" / name
        folder.mkdir(parents=True)
        (folder / "00000.mp4").write_bytes(bytes(3000))
        os.utime(folder, (1000 - age, 1000 - age))
    own = facts.video.frames * proxy.BYTES_PER_PICTURE
    proxies = Proxies(tmp_path, budget=own + 4000)
    heard = Heard(proxies)

    proxies.follow(facts)
    await until(lambda: heard.last is not None, seconds=60)
    await proxies.aclose()

    assert (tmp_path / "proxies" / "newer").exists()
    assert not (tmp_path / "proxies" / "older").exists()


async def test_follow__clip_that_vanishes__says_nothing_to_anybody(tmp_path: Path, facts: ClipFacts) -> None:
    gone = replace(facts, path=str(tmp_path / "gone.mp4"))
    proxies = Proxies(tmp_path)
    heard = Heard(proxies)

    proxies.follow(gone)
    await until(lambda: not proxies.busy, seconds=60)
    await proxies.aclose()

    assert heard.states == [None]
