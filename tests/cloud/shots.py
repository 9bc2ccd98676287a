"""Shots for the tests of the wire."""

from __future__ import annotations

from dataclasses import replace

from redub.cloud.media_urls import MediaUrls
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
    Letters,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    Speech,
    StillInterval,
    Take,
    VideoLoop,
)

URLS = MediaUrls(
    reference="http://a/ref.mp4",
    recording="http://a/audio.wav",
    ref_photo="http://a/face.png",
    letter="http://a/letter.pdf",
    letter_video="http://a/letter.mp4",
)


def a_take(**changes: object) -> Take:
    take = Take(id="t1", name="Intro", script="Hello there", speech=Speech(timbre_key="female_1"))
    return replace(take, **changes)  # type: ignore[arg-type]  # a test names the fields of Take


def a_full_take(driver: DriverType = DriverType.TEXT) -> Take:
    """Return a take in which everything that can be set is set."""
    return Take(
        id="t1",
        name="All",
        driver=driver,
        script='你好 <break time="500ms"/>',
        recording=Source(path="/media/audio.wav"),
        speech=Speech(
            timbre_key="female_1",
            speed=1.2,
            volume=3,
            emotion="tc_happy",
            emotion_intensity=120,
            language="zh-CN",
        ),
        options=Options(
            loop=VideoLoop.FORWARD,
            match_input=True,
            concurrency=ConcurrencyType.SHARED,
            callback_url="https://me.example/told",
            ref_photo=Source(path="/media/face.png"),
            detect_occlusion=False,
            new_teeth=True,
        ),
    )


def a_shot(*takes: Take, make_type: MakeType = MakeType.DEFAULT) -> Shot:
    return Shot(
        reference=Source(path="/media/ref.mp4"),
        selection=Selection(make_type=make_type, start=1.0004, end=9.5),
        still_intervals=(StillInterval(2, 2.5), StillInterval(3.1236, 4)),
        letters=Letters(written=Source(path="/media/l.pdf"), video=Source(path="/media/l.mp4")),
        takes=takes,
    )


PLAIN = Shot(reference=Source(path="/media/ref.mp4"), takes=(a_take(),))
