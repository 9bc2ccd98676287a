"""What the log file holds, and what never reaches it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from redub import log, paths
from support.logs import ExpectedLog


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("redub")
    before, levels = list(root.handlers), (root.level, ours.level)
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def _written(places: paths.Places) -> str:
    return (places.logs / log.FILE_NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text, hidden",
    [
        ("GET https://api.example/v1?appkey=KEY1&timestamp=1&signature=SIG%2B1%3D", ["KEY1", "SIG"]),
        (
            "GET https://bucket.example/a.mp4?q-sign-algorithm=sha1&q-ak=AK1&q-signature=SIG2 failed",
            ["AK1", "SIG2"],
        ),
        ("https://s3.example/a?X-Amz-Credential=CRED&X-Amz-Date=1&X-Amz-Signature=SIG3", ["CRED", "SIG3"]),
        ("accesstoken=TOKEN1", ["TOKEN1"]),
        ('{"AccessToken": "TOKEN2", "x": 1}', ["TOKEN2"]),
        ("Credentials(appkey='KEY2', accesstoken='TOKEN3')", ["KEY2", "TOKEN3"]),
        ("Authorization: Bearer TOKEN4", ["TOKEN4"]),
        ("https://name:PASS@host.example/", ["PASS"]),
        ("secret_key: SECRET5", ["SECRET5"]),
    ],
)
def test_without_secrets__hides(text: str, hidden: list[str]) -> None:
    cleaned = log.without_secrets(text)

    assert [each for each in hidden if each in cleaned] == []
    assert "***" in cleaned


@pytest.mark.parametrize(
    "text",
    [
        "GET https://bucket.example/a.mp4?version=3 took 2 s",
        "The signature was refused (code 100).",
        "Task 7 moved from COMMIT to MAKING.",
    ],
)
def test_without_secrets__leaves_the_rest(text: str) -> None:
    assert log.without_secrets(text) == text


def test_without_secrets__keeps_what_helps() -> None:
    cleaned = log.without_secrets("GET https://api.example/submit?signature=abc answered 503")

    assert cleaned == "GET https://api.example/submit?*** answered 503"


def test_setup_logging__writes_the_story_without_secrets() -> None:
    places = paths.places()

    log.setup_logging(places)
    logging.getLogger("redub.cloud").info("Asked %s", "https://a.example/x?signature=abc")
    logging.getLogger("redub.cloud").debug("not told")
    logging.getLogger("httpx").info("not ours")

    story = _written(places)
    assert "redub.cloud [MainThread] Asked https://a.example/x?***" in story
    assert "not told" not in story
    assert "not ours" not in story


def test_setup_logging__hides_secrets_of_a_traceback(expect_log: ExpectedLog) -> None:
    expect_log("It broke")
    places = paths.places()
    log.setup_logging(places)

    try:
        raise ValueError("accesstoken=TOKEN")
    except ValueError:
        logging.getLogger("redub").exception("It broke")

    assert "ValueError: accesstoken=***" in _written(places)


def test_setup_logging__verbose_tells_everything(capsys: pytest.CaptureFixture[str]) -> None:
    places = paths.places()

    log.setup_logging(places, verbose=True)
    logging.getLogger("redub.media").debug("Decoded frame 7")

    assert "Decoded frame 7" in _written(places)
    assert "Decoded frame 7" in capsys.readouterr().err


def test_setup_logging__again_replaces_the_first() -> None:
    places = paths.places()

    log.setup_logging(places)
    log.setup_logging(places)
    logging.getLogger("redub").info("once")

    assert _written(places).count("once") == 1


def test_setup_logging__without_a_folder_warns_and_goes_on(
    redub_home: Path, capsys: pytest.CaptureFixture[str], expect_log: ExpectedLog
) -> None:
    expect_log("No log file can be written")
    redub_home.write_text("a file stands where the folder should be")

    log.setup_logging(paths.places())

    assert "No log file can be written" in capsys.readouterr().err
