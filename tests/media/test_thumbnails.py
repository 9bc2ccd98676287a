from __future__ import annotations

import pytest

from media.test_frames import number
from redub.media.thumbnails import thumbnails
from support.clips import ClipFactory


def test_thumbnails__short_gop__are_keyframes_near_their_moments(clip_factory: ClipFactory) -> None:
    strip = list(thumbnails(clip_factory(seconds=4, gop=5), count=8, height=90))

    assert sorted(moment for moment, _ in strip) == pytest.approx([0.25 + index * 0.5 for index in range(8)])
    assert all(0 <= moment - picture.time <= 0.2 + 1e-6 for moment, picture in strip)
    assert all(number(picture) == round(picture.time * 25) for _, picture in strip)
    assert {(picture.width, picture.height) for _, picture in strip} == {(120, 90)}


def test_thumbnails__long_gop__exact_ones_follow(clip_factory: ClipFactory) -> None:
    strip = list(thumbnails(clip_factory(seconds=4, gop=250), count=8, height=60))

    shown = dict(strip)
    assert len(strip) > 8
    assert all(abs(moment - picture.time) <= 0.5 for moment, picture in shown.items())


def test_thumbnails__cancelled__end_at_once(clip_factory: ClipFactory) -> None:
    assert list(thumbnails(clip_factory(seconds=1), 4, 90, cancelled=lambda: True)) == []


def test_thumbnails__rotated__are_upright(clip_factory: ClipFactory) -> None:
    clip = clip_factory(rotation=90, width=240, height=320, seconds=1)

    _, picture = next(thumbnails(clip, 1, 80))

    assert (picture.width, picture.height) == (60, 80)
    assert number(picture) == 12
