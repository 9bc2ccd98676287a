from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.shot import ConcurrencyType, Options
from redub.services.quota import QuotaView
from redub.services.takesbatch import BatchTotal, TakesBatch
from redub.services.workbench import Workbench
from services.stand import FakeService, fake_service, opened, spoken_over
from support.clips import ClipFactory

VIEW = QuotaView(
    is_exclusive=False,
    minutes=0.5,
    minutes_left=2.0,
    places=5,
    taken=2,
    shot_minutes=0.0,
    month_minutes=0.0,
    is_from_service=True,
)


def batch_of(bench: Workbench) -> TakesBatch:
    return TakesBatch(
        preflight=bench.preflight,
        deriver=bench.deriver,
        voices=bench.voices,
        accounts=bench.accounts,
        quota=bench.quota,
    )


def minutes_left(service: FakeService) -> None:
    service.assets = [
        {
            "ServiceType": "NoTrainVideoBroadcastHour",
            "ExpireDate": "2027-01-01 00:00:00",
            "UniversalHourInfoDetail": {"TotalHour": 1, "UsedHour": 0.5},
        }
    ]


@pytest.mark.slow
async def test_check__every_take_with_what_is_found_about_it(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    document = spoken_over(clip_factory(seconds=12.0, width=640, height=480))
    first = document.shot.takes[0]
    silent = replace(first, id="t2", name="Silent", script="")
    own_place = replace(first, id="t3", options=Options(concurrency=ConcurrencyType.EXCLUSIVE))
    shot = replace(document.shot, takes=(first, silent, own_place))
    async with fake_service() as service, opened(service, tmp_path) as bench:
        minutes_left(service)
        batch = batch_of(bench)
        checked = await batch.check(shot)
        total = await batch.total("Interview", (checked[0], checked[1]), is_free=False)
        mixed = await batch.total("Interview", checked, is_free=False)
        free = await batch.total("Interview", checked, is_free=True)

    assert [one.take.id for one in checked] == ["t1", "t2", "t3"]
    assert [bool(one.in_the_way) for one in checked] == [False, True, False]
    assert checked[0].seconds is not None
    assert (total.count, total.unknown, total.seconds) == (2, 1, checked[0].seconds)
    assert total.quotas[0].minutes == pytest.approx(total.seconds / 60)
    assert total.quotas[0].minutes_left == 30.0
    assert [quota.is_exclusive for quota in mixed.quotas] == [None, True]
    assert (free.count, free.quotas, free.sentences) == (3, (), ())


def test_total__says_use_rest_and_who_waits() -> None:
    total = BatchTotal(count=5, seconds=90.0, unknown=1, quotas=(VIEW, replace(VIEW, minutes=1.0)))

    assert total.sentences == (
        "Together they will use about 1.5 minutes.",
        "The account has 2 minutes left. 3 places are free; 2 takes wait in the queue.",
        "The length of 1 take is not known.",
    )
    assert not total.is_too_much
    assert BatchTotal(count=1, quotas=(replace(VIEW, minutes=2.1),)).is_too_much


async def test_total__an_account_that_is_not_complete_leaves_it_open(tmp_path: Path) -> None:
    document = spoken_over(tmp_path / "gone.mp4")
    async with fake_service() as service, opened(service, tmp_path) as bench:
        batch = batch_of(bench)
        checked = await batch.check(document.shot)
        total = await batch.total("Interview", checked, is_free=False)

    assert checked[0].in_the_way  # the clip is not there
    assert total.quotas[0].minutes_left is None
    assert total.sentences[-1] == "5 places are free."
