"""Changes, threads, news and voices."""

from __future__ import annotations

import asyncio
import threading

import pytest

from redub.core.errors import UserError
from redub.core.progress import Progress, Stage
from redub.services.changes import Changes
from redub.services.news import News
from redub.services.threads import Stopped, in_thread
from redub.services.voices import first_speech
from support.logs import ExpectedLog


def test_changes__a_listener_that_fails_does_not_keep_the_others(expect_log: ExpectedLog) -> None:
    expect_log("could not take the news")
    changes, heard = Changes[int](), list[int]()

    def fails(_news: int) -> None:
        raise ValueError

    changes.listen(fails)
    end = changes.listen(heard.append)
    changes.tell(1)
    end()
    changes.tell(2)

    assert heard == [1]


async def test_in_thread__tells_the_work_to_stop_and_waits_for_it() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(stopped: Stopped) -> None:
        begun.set()
        while not stopped():
            ended.wait(0.001)
        ended.set()

    task = asyncio.ensure_future(in_thread(work))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert ended.is_set()


def test_news__a_trouble_keeps_its_beginning_and_ends_with_progress() -> None:
    now = [1.0]
    news = News(lambda: now[0])
    news.trouble("a", UserError("one"))
    now[0] = 5.0
    news.trouble("a", UserError("two"))

    assert (news.troubles["a"].since, news.troubles["a"].error.what) == (1.0, "two")

    news.report("a", Progress(stage=Stage.MAKE))
    assert not news.troubles
    news.ended("a")
    assert not news.progress


@pytest.mark.parametrize(
    "site, script, language, key",
    [
        ("rehearsal", "Hello", None, "rehearsal_en_f1"),
        ("rehearsal", "大家好", None, "rehearsal_zh_f1"),
        ("rehearsal", "Hello", "zh-CN", "rehearsal_zh_f1"),
        ("international", "Hello", None, ""),
    ],
)
def test_first_speech__fits_site_and_script(site: str, script: str, language: str | None, key: str) -> None:
    assert first_speech(site, script, language).timbre_key == key
