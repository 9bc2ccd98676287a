from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.core.shot import Source
from redub.services.orders import name_by, plain_name
from services.stand import order, spoken_over, voiced_over

CLIP, VOICE = Path("/clips/a.mp4"), Path("/clips/b.wav")


def test_files__are_those_without_an_address() -> None:
    wanted = order(voiced_over(CLIP, VOICE), Path("/out"))
    given = replace(wanted, urls=MediaUrls(recording="https://a.example/b.wav"))

    assert wanted.files == {MediaKind.REFERENCE: CLIP, MediaKind.RECORDING: VOICE}
    assert given.files == {MediaKind.REFERENCE: CLIP}
    assert given.known_urls.recording == "https://a.example/b.wav"


def test_an_address_given_by_hand__goes_before_that_of_the_shot() -> None:
    document = spoken_over(CLIP)
    shot = replace(document.shot, reference=Source(url="https://shot.example/a.mp4"))
    wanted = order(replace(document, shot=shot), Path("/out"))

    given = replace(wanted, urls=MediaUrls(reference="https://hand.example/a.mp4"))

    assert wanted.known_urls.reference == "https://shot.example/a.mp4"
    assert given.known_urls.reference == "https://hand.example/a.mp4"


@pytest.mark.parametrize(
    "text, plain",
    [
        ("Intro", "Intro"),
        ("a/b\\c:d", "a b c d"),
        ("  ..x.. ", "x"),
        ("CON", "CON_"),
        ("欢迎\n", "欢迎"),
        ("", ""),
    ],
)
def test_plain_name__every_disk_takes_it(text: str, plain: str) -> None:
    assert plain_name(text) == plain


def test_result_name__is_never_empty() -> None:
    document = spoken_over(CLIP)
    nameless = replace(document.shot.takes[0], name="///")
    wanted = order(replace(document, shot=replace(document.shot, takes=(nameless,)), name=""), Path("/out"))

    assert name_by("", wanted, "", 0.0) == "result"


@pytest.mark.parametrize(
    "template, name",
    [
        ("", "Interview - Intro"),
        ("{shot} - {take}", "Interview - Intro"),
        ("{date} {take} ({service})", "2026-11-25 Intro (china)"),
        ("{take} {voice} {time}", "Intro v1 14-05"),
        ("{unknown}/{take}", "{unknown} Intro"),
        ("..", "result"),
    ],
)
def test_name_by__fills_in_what_it_knows(template: str, name: str) -> None:
    moment = datetime(2026, 11, 25, 14, 5).timestamp()

    assert name_by(template, order(spoken_over(CLIP), Path("/out")), "china", moment) == name
