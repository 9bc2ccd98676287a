from __future__ import annotations

from typing import Any

import av
import pytest

from media.test_frames import number
from redub.media.thumbnails import _Keyframes, thumbnails
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


def test_thumbnails__few_keyframes__each_is_decoded_once(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[int] = []
    picture = _Keyframes._picture

    def counting(self: _Keyframes, packet: Any) -> Any:
        decoded.append(packet.pts)
        return picture(self, packet)

    monkeypatch.setattr(_Keyframes, "_picture", counting)
    strip = list(thumbnails(clip_factory(seconds=4, gop=50), count=16, height=60))

    assert len(decoded) == len(set(decoded)) == 2
    assert len(dict(strip)) == 16


def test_thumbnails__damaged_keyframe__the_others_are_shown(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=4, gop=25, audio=False)
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        place = next(entry for entry in list(stream.index_entries)[60:] if entry.is_keyframe)
    content = bytearray(clip.read_bytes())
    content[place.pos + 4 : place.pos + place.size] = bytes(place.size - 4)
    clip.write_bytes(content)

    shown = {number(picture) for _, picture in thumbnails(clip, 4, 90)}

    assert {0, 25} <= shown


def test_thumbnails__between_far_keyframes__are_of_their_moments(clip_factory: ClipFactory) -> None:
    shown = dict(thumbnails(clip_factory(seconds=4, gop=250), count=8, height=90))

    assert all(number(picture) == round(picture.time * 25) for picture in shown.values())
    assert len({number(picture) for picture in shown.values()}) == 8
