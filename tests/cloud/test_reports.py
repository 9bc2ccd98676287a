from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redub.cloud.reports import SpokenWord, task_report
from redub.core.tasks import RemoteStatus

URL = "https://r.example/x.mp4"


@pytest.mark.parametrize(
    "payload,expected",
    [
        ({}, RemoteStatus.MAKING),
        ({"Status": "COMMIT", "ArrayCount": 3}, RemoteStatus.COMMIT),
        ({"Status": "MAKING"}, RemoteStatus.MAKING),
        ({"Status": "SUCCESS", "MediaUrl": URL}, RemoteStatus.SUCCESS),
        ({"Status": "FAIL", "FailCode": 801010}, RemoteStatus.FAIL),
        ({"Status": "success", "MediaUrl": URL}, RemoteStatus.SUCCESS),
        ({"Progress": -1}, RemoteStatus.FAIL),
        ({"FailCode": 801004, "Progress": 20}, RemoteStatus.FAIL),
        ({"Progress": 100, "MediaUrl": URL}, RemoteStatus.SUCCESS),
        ({"Progress": 100, "MediaUrl": ""}, RemoteStatus.MAKING),
        ({"Status": "PAUSED", "Progress": 5}, RemoteStatus.MAKING),
        ({"Status": 7, "Progress": "100", "MediaUrl": URL}, RemoteStatus.SUCCESS),
        ({"Status": None, "FailCode": 0, "Progress": 0}, RemoteStatus.MAKING),
    ],
)
def test_task_report__decides_the_status(payload: dict[str, object], expected: RemoteStatus) -> None:
    assert task_report(payload).status is expected


def test_task_report__the_documented_sample() -> None:
    word = {"Word": "你", "StartTimestamp": 4500000, "EndTimestamp": 6100000}
    report = task_report(
        {
            "Progress": 100,
            "MediaUrl": URL,
            "SubtitlesUrl": "",
            "ArrayCount": 0,
            "FailMessage": "",
            "FailCode": 0,
            "Duration": 11810,
            "TextTimestampResult": [
                {"Sentence": "你好。", "Words": [word]},
                {"Words": [word, {"Word": "x"}]},
            ],
        }
    )

    assert report.duration == 11.81
    assert report.fail_code is None
    assert report.ahead is None
    assert report.ready
    assert report.words == (
        SpokenWord(text="你", start=0.45, end=0.61, sentence=0),
        SpokenWord(text="你", start=0.45, end=0.61, sentence=1),
    )


def test_task_report__success_without_an_address_is_not_ready() -> None:
    report = task_report({"Status": "SUCCESS"})

    assert report.status is RemoteStatus.SUCCESS
    assert not report.ready


def test_task_report__keeps_an_unknown_status_and_the_place_in_the_queue() -> None:
    assert task_report({"Status": "PAUSED"}).raw_status == "PAUSED"
    assert task_report({"Status": "COMMIT", "ArrayCount": 0}).ahead == 0
    assert task_report({"Status": "COMMIT", "ArrayCount": -2}).ahead is None
    assert task_report({"Status": "MAKING", "ArrayCount": 4}).ahead is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "Status",
    "Progress",
    "MediaUrl",
    "ArrayCount",
    "FailCode",
    "FailMessage",
    "Duration",
    "TextTimestampResult",
]


# The first draw builds tables of characters, which takes long on a busy machine.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_task_report__survives_anything(payload: dict[str, object]) -> None:
    assert task_report(payload).status in RemoteStatus
