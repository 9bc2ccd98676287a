from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.clip import AudioFacts, ClipFacts, VideoFacts
from redub.core.conversion import Kind, constant_rate, decide
from redub.core.errors import UserError
from redub.core.limits import limits_for

LEGAL = VideoFacts(codec="h264", width=1280, height=720, shown_width=1280, shown_height=720, frame_rate=25.0)
SOUND = AudioFacts(codec="aac", sample_rate=48_000, channels=2, duration=20)


def clip(
    container: str = "mp4", audio: AudioFacts | None = SOUND, streams: int = 1, **video: Any
) -> ClipFacts:
    return ClipFacts(
        path="/clips/a",
        container=container,
        size=1,
        duration=20,
        video=replace(LEGAL, **video),
        audio=audio,
        video_streams=streams,
    )


@pytest.mark.parametrize("container", ["mp4", "mov", "avi"])
def test_decide__legal_h264__is_left_alone(container: str) -> None:
    decision = decide(clip(container))

    assert decision.kind is Kind.NOTHING
    assert not decision.needed
    assert decision.reasons == ()


@pytest.mark.parametrize("container", ["matroska", "mpegts", "flv", "3gp", "asf"])
def test_decide__h264_in_another_file_type__is_remuxed_with_its_sound(container: str) -> None:
    decision = decide(clip(container))

    assert decision.kind is Kind.REMUX
    assert decision.keep_sound
    assert container in decision.reasons[0]


@pytest.mark.parametrize("codec", ["opus", "vorbis", "pcm_s16le", "flac", "wmav2"])
def test_decide__sound_that_mp4_cannot_hold__is_encoded_alone(codec: str) -> None:
    decision = decide(clip("matroska", replace(SOUND, codec=codec)))

    assert decision.kind is Kind.AUDIO_ONLY
    assert not decision.keep_sound
    assert codec in decision.reasons[1]


def test_decide__strange_sound_in_a_legal_mov__is_left_alone() -> None:
    assert decide(clip("mov", replace(SOUND, codec="pcm_s16le"))).kind is Kind.NOTHING


def test_decide__no_sound_in_matroska__is_remuxed() -> None:
    assert decide(clip("matroska", None)).kind is Kind.REMUX


def test_decide__two_videos_in_one_file__keeps_the_first() -> None:
    decision = decide(clip(streams=2))

    assert decision.kind is Kind.REMUX
    assert "2 videos" in decision.reasons[0]


@pytest.mark.parametrize(
    "fields,word",
    [
        ({"codec": "hevc"}, "HEVC"),
        ({"codec": "prores"}, "ProRes"),
        ({"codec": "cinepak"}, "cinepak"),
        ({"pixel_format": "yuv420p10le", "bit_depth": 10}, "10-bit"),
        ({"pixel_format": "yuv422p"}, "yuv422p"),
        ({"pixel_format": "yuv444p"}, "yuv444p"),
        ({"interlaced": True}, "interlaced"),
        ({"rotation": 90}, "90 degrees"),
        ({"pixel_aspect": 1.0667, "shown_width": 1365}, "square"),
        ({"variable_rate": True}, "varying"),
        ({"width": 1281, "shown_width": 1281}, "odd"),
        ({"height": 721, "shown_height": 721}, "odd"),
        ({"width": 7680, "height": 4320, "shown_width": 7680, "shown_height": 4320}, "4096"),
        ({"colour_transfer": "smpte2084"}, "HDR"),
    ],
)
def test_decide__picture_that_is_not_safe__is_encoded_and_says_why(fields: dict[str, Any], word: str) -> None:
    decision = decide(clip(**fields))

    assert decision.kind is Kind.RE_ENCODE
    assert any(word in reason for reason in decision.reasons)
    assert decision.width % 2 == decision.height % 2 == 0


def test_decide__full_range_8_bit__is_left_alone() -> None:
    assert decide(clip(pixel_format="yuvj420p")).kind is Kind.NOTHING


def test_decide__small_clip__is_never_enlarged() -> None:
    small = clip(codec="hevc", width=320, height=240, shown_width=320, shown_height=240)

    assert (decide(small).width, decide(small).height) == (320, 240)


def test_decide__rotated__has_the_size_on_screen() -> None:
    decision = decide(clip(rotation=270, shown_width=720, shown_height=1280))

    assert (decision.width, decision.height) == (720, 1280)


def test_decide__interlaced_hdr__asks_for_both_treatments() -> None:
    decision = decide(clip(interlaced=True, colour_transfer="arib-std-b67"))

    assert decision.deinterlace
    assert decision.tone_map


def test_decide__sound_only__is_refused() -> None:
    with pytest.raises(UserError, match="without a picture"):
        decide(replace(clip(), video=None))


def test_decide__other_site__uses_its_table() -> None:
    assert decide(clip(), limits_for("china")).kind is Kind.NOTHING


@given(width=st.integers(2, 9000), height=st.integers(2, 9000))
def test_decide__any_size__ends_within_the_limit_and_even(width: int, height: int) -> None:
    decision = decide(clip(codec="hevc", width=width, height=height, shown_width=width, shown_height=height))

    assert 2 <= decision.width <= 4096
    assert 2 <= decision.height <= 4096
    assert decision.width % 2 == decision.height % 2 == 0


@pytest.mark.parametrize(
    "rate,chosen",
    [
        (25.0, Fraction(25)),
        (30000 / 1001, Fraction(30000, 1001)),
        (29.97, Fraction(30000, 1001)),
        (30.0, Fraction(30)),
        (24000 / 1001, Fraction(24000, 1001)),
        (59.94, Fraction(60000, 1001)),
        (120.0, Fraction(60)),
        (18.0, Fraction(18)),
        (0.0, Fraction(25)),
    ],
)
def test_constant_rate__steady_clip__keeps_its_exact_rate_up_to_60(rate: float, chosen: Fraction) -> None:
    assert constant_rate(replace(LEGAL, frame_rate=rate)) == chosen


@pytest.mark.parametrize(
    "rate,chosen", [(29.4, 30), (23.7, 24), (27.0, 30), (11.0, 12), (58.0, 60), (90.0, 60)]
)
def test_constant_rate__varying_clip__takes_the_usual_rate_above(rate: float, chosen: int) -> None:
    assert constant_rate(replace(LEGAL, frame_rate=rate, variable_rate=True)) == chosen


def test_decide__over_60_frames__says_that_they_become_60() -> None:
    decision = decide(clip(codec="hevc", frame_rate=120.0))

    assert any("120 frames a second become 60" in reason for reason in decision.reasons)
