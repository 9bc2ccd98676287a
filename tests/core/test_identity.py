from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.identity import ClipIdentity, Trait, differences, identity_of

CLIP = ClipIdentity(content_key="a", size=10, duration=11.8, width=512, height=512, rate=30.0)


def test_identity__is_of_the_picture_as_shown() -> None:
    video = VideoFacts(
        codec="h264", width=1920, height=1080, shown_width=1080, shown_height=1920, frame_rate=25.0
    )
    facts = ClipFacts(path="/a.mp4", container="mp4", size=7, duration=3.0, video=video, content_key="k")

    assert identity_of(facts) == ClipIdentity(
        content_key="k", size=7, duration=3.0, width=1080, height=1920, rate=25.0
    )
    assert identity_of(replace(facts, video=None)).width == 0


@pytest.mark.parametrize(
    "changed, traits",
    [
        ({}, ()),
        ({"content_key": "b"}, (Trait.CONTENT,)),
        ({"content_key": "b", "duration": 11.8001}, (Trait.CONTENT,)),
        ({"content_key": "b", "duration": 9.0}, (Trait.LENGTH,)),
        ({"content_key": "b", "width": 640, "rate": 25.0}, (Trait.PICTURE, Trait.RATE)),
        ({"size": 11, "duration": 9.0}, ()),
    ],
)
def test_differences(changed: dict[str, Any], traits: tuple[Trait, ...]) -> None:
    assert differences(CLIP, replace(CLIP, **changed)) == traits
