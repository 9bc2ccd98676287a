"""Every rule of the limit table is found at, under and over its limit, with words and a way out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redub.core.checks import Knowledge, LetterFacts, check, check_clip
from redub.core.clip import AudioFacts, ClipFacts, PhotoFacts, VideoFacts
from redub.core.findings import Finding, Level
from redub.core.limits import GIGABYTE, MEGABYTE, limits_for
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
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
from redub.core.timbre import Timbre

VIDEO = VideoFacts(codec="h264", width=720, height=1280, shown_width=720, shown_height=1280, frame_rate=30.0)
CLIP = ClipFacts(
    path="/clip.mp4", container="mp4", size=10 * MEGABYTE, duration=20.0, video=VIDEO, video_streams=1
)
SOUND = AudioFacts(codec="pcm_s16le", sample_rate=48000, channels=1, duration=9.6)
RECORDING = ClipFacts(
    path="/voice.wav", container="wav", size=MEGABYTE, duration=9.6, audio=SOUND, audio_streams=1
)
TAKE = Take(id="t", name="One", script="Hello there, this is a test.", speech=Speech(timbre_key="voice_1"))
SHOT = Shot(reference=Source(path="/clip.mp4"), takes=(TAKE,))
KNOWN = Knowledge(reference=CLIP)


def codes(
    shot: Shot = SHOT, take: Take = TAKE, knowledge: Knowledge = KNOWN, site: str = "international"
) -> set[str]:
    return {finding.code for finding in check(shot, take, knowledge, site)}


def levels(findings: tuple[Finding, ...]) -> dict[str, Level]:
    return {finding.code: finding.level for finding in findings}


def with_speech(**changes: object) -> Take:
    return replace(TAKE, speech=replace(TAKE.speech, **changes))  # type: ignore[arg-type]  # fields by name


def with_options(**changes: object) -> Take:
    return replace(TAKE, options=replace(TAKE.options, **changes))  # type: ignore[arg-type]  # fields by name


def test_a_good_shot_has_nothing_to_say() -> None:
    assert codes() == set()


def test_every_finding_says_what_and_is_a_sentence() -> None:
    bad = replace(SHOT, reference=None, still_intervals=(StillInterval(3, 2),) * 6)
    for finding in check(bad, replace(TAKE, script=""), Knowledge(), "china"):
        assert finding.message.endswith((".", ")"))
        assert finding.field


@pytest.mark.parametrize(
    "seconds, concurrency, site, expected",
    [
        (0.999, None, "international", "reference.duration.low"),
        (600.0, ConcurrencyType.SHARED, "international", None),
        (600.1, ConcurrencyType.SHARED, "international", "reference.duration.high"),
        (600.1, None, "international", "reference.duration.exclusive"),
        (1200.0, ConcurrencyType.EXCLUSIVE, "international", "reference.duration.exclusive"),
        (1200.1, ConcurrencyType.EXCLUSIVE, "international", "reference.duration.high"),
        (1200.0, ConcurrencyType.SHARED, "china", None),
        (1200.1, ConcurrencyType.SHARED, "china", "reference.duration.high"),
    ],
)
def test_reference_duration(
    seconds: float, concurrency: ConcurrencyType | None, site: str, expected: str | None
) -> None:
    found = codes(
        take=with_options(concurrency=concurrency),
        knowledge=Knowledge(reference=replace(CLIP, duration=seconds)),
        site=site,
    )

    assert {code for code in found if code.startswith("reference.duration")} == (
        {expected} if expected else set()
    )


@pytest.mark.parametrize(
    "width, height, expected",
    [
        (360, 640, None),
        (358, 640, "reference.pixels.low"),
        (4096, 2160, None),
        (4098, 2160, "reference.pixels.high"),
    ],
)
def test_reference_pixels(width: int, height: int, expected: str | None) -> None:
    video = replace(VIDEO, width=width, height=height, shown_width=width, shown_height=height)
    found = codes(knowledge=Knowledge(reference=replace(CLIP, video=video)))

    assert {code for code in found if "pixels" in code} == ({expected} if expected else set())


@pytest.mark.parametrize("size, refused", [(5 * GIGABYTE, False), (5 * GIGABYTE + 1, True)])
def test_reference_size(size: int, refused: bool) -> None:
    assert (
        "reference.size.high" in codes(knowledge=Knowledge(reference=replace(CLIP, size=size)))
    ) == refused


def test_reference__other_codec_is_a_warning_with_a_way_out() -> None:
    found = check_clip(Knowledge(reference=replace(CLIP, video=replace(VIDEO, codec="hevc"))))

    assert levels(found) == {"reference.conversion": Level.WARNING}
    assert found[0].remedy == "convert"


def test_reference__sound_only() -> None:
    assert "reference.no_picture" in codes(knowledge=Knowledge(reference=RECORDING))


def test_reference__missing_and_unreadable() -> None:
    assert "reference.missing" in codes(shot=replace(SHOT, reference=None), knowledge=Knowledge())
    assert "media.unreadable" in codes(knowledge=Knowledge(troubles={"RefVideoUrl": "The file is gone."}))


@pytest.mark.parametrize(
    "seconds, expected",
    [(0.99, "recording.duration.low"), (1.0, None), (600.0, None), (1200.5, "recording.duration.high")],
)
def test_recording_duration(seconds: float, expected: str | None) -> None:
    take = replace(TAKE, driver=DriverType.ORIGINAL_VOICE, recording=Source(path="/voice.wav"))
    found = codes(
        take=take, knowledge=Knowledge(reference=CLIP, recording=replace(RECORDING, duration=seconds))
    )

    assert found == ({expected} if expected else set())


def test_recording__video_missing_and_silent() -> None:
    take = replace(TAKE, driver=DriverType.ORIGINAL_VOICE, recording=Source(path="/voice.mp4"))
    silent = replace(RECORDING, audio=None)

    assert "recording.format" in codes(take=take, knowledge=Knowledge(recording=replace(CLIP, audio=SOUND)))
    assert "recording.no_sound" in codes(take=take, knowledge=Knowledge(recording=silent))
    assert "recording.missing" in codes(take=replace(take, recording=None))
    large = replace(RECORDING, size=100 * MEGABYTE + 1)
    assert "recording.size.high" in codes(take=take, knowledge=Knowledge(recording=large))


@pytest.mark.parametrize(
    "script, expected",
    [
        ("", "script.empty"),
        ("abc", "script.length.low"),
        ("abcd", None),
        ("a" * 2000, None),
        ("a" * 2001, "script.length.high"),
        ("你好吗？", None),
        ("😀" * 1001, "script.length.high"),
    ],
)
def test_script_length(script: str, expected: str | None) -> None:
    assert codes(take=replace(TAKE, script=script)) == ({expected} if expected else set())


def test_script__marks_that_are_not_right() -> None:
    found = codes(take=replace(TAKE, script='Hello <blink>there</blink> my <break time="20s"/> friend'))

    assert len({code for code in found if code.startswith("script.")}) >= 2


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"speed": 0.5}, None),
        ({"speed": 0.49}, "speech.speed.low"),
        ({"speed": 1.5}, None),
        ({"speed": 1.51}, "speech.speed.high"),
        ({"volume": 10}, None),
        ({"volume": 11}, "speech.volume.high"),
        ({"volume": -1}, "speech.volume.low"),
        ({"volume": 3, "timbre_key": "female_23"}, "voice.volume.void"),
        ({"volume": 3, "timbre_key": "female_24"}, None),
        ({"emotion_intensity": 100}, "voice.intensity.void"),
        ({"emotion": "tc_happy", "emotion_intensity": 50}, None),
        ({"emotion": "tc_happy", "emotion_intensity": 49}, "speech.emotion_intensity.low"),
        ({"emotion": "tc_happy", "emotion_intensity": 201}, "speech.emotion_intensity.high"),
        ({"timbre_key": ""}, "voice.missing"),
    ],
)
def test_speech(changes: dict[str, object], expected: str | None) -> None:
    assert codes(take=with_speech(**changes)) == ({expected} if expected else set())


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"timbre_key": "other"}, "voice.unknown"),
        ({"timbre_key": "plain"}, None),
        ({"timbre_key": "plain", "emotion": "tc_sad"}, "voice.emotion"),
        ({"timbre_key": "many"}, "voice.language.missing"),
        ({"timbre_key": "many", "language": "en-US", "emotion": "tc_sad"}, None),
        ({"timbre_key": "many", "language": "fr-FR"}, "voice.language"),
    ],
)
def test_voice__against_the_list_of_the_service(changes: dict[str, object], expected: str | None) -> None:
    timbres = (Timbre(key="plain"), Timbre(key="many", languages=("en-US", "zh-CN"), emotions=("tc_sad",)))

    found = codes(take=with_speech(**changes), knowledge=Knowledge(reference=CLIP, timbres=timbres))

    assert found == ({expected} if expected else set())


@pytest.mark.parametrize(
    "selection, expected",
    [
        (Selection(make_type=MakeType.CUSTOM, start=2.0, end=7.001), None),
        (Selection(make_type=MakeType.CUSTOM, start=2.0, end=7.0), "segment.length.low"),
        (Selection(make_type=MakeType.CUSTOM, start=16.0), "segment.length.low"),
        (Selection(make_type=MakeType.CUSTOM, start=8.0, end=3.0), "segment.order"),
        (Selection(make_type=MakeType.CUSTOM, start=1.0, end=20.5), "segment.outside"),
        (Selection(make_type=MakeType.CIRCLE, start=20.0), "segment.outside"),
        (Selection(make_type=MakeType.CIRCLE, start=1.0, end=9.0), "segment.end.void"),
        (Selection(make_type=MakeType.DEFAULT, start=1.0), "segment.start.void"),
        (Selection(make_type=MakeType.CUSTOM_ONLY_START, start=1.0), None),
    ],
)
def test_segment(selection: Selection, expected: str | None) -> None:
    assert codes(shot=replace(SHOT, selection=selection)) == ({expected} if expected else set())


@pytest.mark.parametrize(
    "stills, expected",
    [
        (((1, 2), (3, 4), (5, 6), (7, 8), (9, 10)), None),
        (((1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12)), "stills.count.high"),
        (((3, 4), (1, 2)), "stills.order"),
        (((1, 3), (2, 4)), "stills.overlap"),
        (((1, 2), (2, 3)), None),
        (((2, 2),), "stills.empty"),
        (((19, 21),), "stills.outside"),
    ],
)
def test_stills(stills: tuple[tuple[float, float], ...], expected: str | None) -> None:
    shot = replace(SHOT, still_intervals=tuple(StillInterval(*still) for still in stills))

    assert codes(shot=shot) == ({expected} if expected else set())


def test_stills__outside_the_segment_have_no_effect() -> None:
    selection = Selection(make_type=MakeType.CUSTOM, start=0, end=10)
    shot = replace(SHOT, selection=selection, still_intervals=(StillInterval(12, 13),))

    assert codes(shot=shot) == {"stills.void"}


@pytest.mark.parametrize(
    "photo, expected",
    [
        (PhotoFacts(path="/p", format="jpeg", width=192, height=4096, size=10 * MEGABYTE), None),
        (PhotoFacts(path="/p", format="jpeg", width=191, height=400, size=1), "photo.pixels.low"),
        (PhotoFacts(path="/p", format="png", width=400, height=4097, size=1), "photo.pixels.high"),
        (PhotoFacts(path="/p", format="gif", width=400, height=400, size=1), "photo.format"),
        (
            PhotoFacts(path="/p", format="webp", width=400, height=400, size=10 * MEGABYTE + 1),
            "photo.size.high",
        ),
    ],
)
def test_photo(photo: PhotoFacts, expected: str | None) -> None:
    found = codes(knowledge=Knowledge(reference=CLIP, ref_photo=photo))

    assert found == ({expected} if expected else set())


def test_letters() -> None:
    ten = LetterFacts(path="/l.pdf", size=10 * MEGABYTE, is_pdf=True)

    assert "letter.size.high" in codes(knowledge=Knowledge(reference=CLIP, letter=ten))
    assert codes(knowledge=Knowledge(reference=CLIP, letter=replace(ten, size=10 * MEGABYTE - 1))) == set()
    assert "letter.format" in codes(
        knowledge=Knowledge(reference=CLIP, letter=replace(ten, size=9, is_pdf=False))
    )
    mov = replace(CLIP, container="mov")
    assert "letter_video.format" in codes(knowledge=Knowledge(reference=CLIP, letter_video=mov))
    large = replace(CLIP, size=5 * GIGABYTE)
    assert "letter_video.size.high" in codes(knowledge=Knowledge(reference=CLIP, letter_video=large))


def test_options__without_effect() -> None:
    circle = replace(SHOT, selection=Selection(make_type=MakeType.CIRCLE))
    assert "loop.void" in codes(shot=circle, take=with_options(loop=VideoLoop.FORWARD))
    assert "photo.void" in codes(take=with_options(ref_photo=Source(path="/p.jpg"), track_face=False))


@pytest.mark.parametrize("length, refused", [(999, False), (1000, True)])
def test_callback_length(length: int, refused: bool) -> None:
    url = "https://example.org/".ljust(length, "a")

    assert ("callback.length.high" in codes(take=with_options(callback_url=url))) == refused


def test_callback_form() -> None:
    assert "callback.form" in codes(take=with_options(callback_url="example.org"))


def test_limits__every_row_has_a_rule_and_a_sentence_of_the_page() -> None:
    for site in ("international", "china", "rehearsal"):
        for key, row in limits_for(site).rows.items():
            assert row.key == key
            assert row.rule.endswith(".")
            assert row.said


def test_options_default_is_silent() -> None:
    assert codes(take=replace(TAKE, options=Options())) == set()


@pytest.mark.parametrize(
    "days, expected",
    [
        (None, None),
        (15, None),
        (14, ("voice.expires", Level.WARNING)),
        (0, ("voice.expires", Level.WARNING)),
        (-1, ("voice.expired", Level.ERROR)),
    ],
)
def test_a_voice_that_expires_is_said(days: int | None, expected: tuple[str, Level] | None) -> None:
    timbre = Timbre(key="voice_1", name="Li", expires="2030-01-02 00:00:00", days_left=days)

    found = levels(check(SHOT, TAKE, replace(KNOWN, timbres=(timbre,)), "international"))

    assert found == (dict([expected]) if expected else {})


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"expires": "2026-01-31 12:00:00"}, {"voice.expired"}),
        ({"expires": "2026-02-01 12:00:01"}, set()),
        ({"expires": ""}, set()),
        ({"driver_types": ("OriginalVoice",)}, {"voice.driver"}),
        ({"driver_types": ("Text", "OriginalVoice")}, set()),
    ],
)
def test_voice__that_cannot_be_used_any_more_or_for_texts(
    changes: dict[str, object], expected: set[str]
) -> None:
    timbre = replace(Timbre(key="voice_1"), **changes)  # type: ignore[arg-type]  # fields by name
    known = Knowledge(reference=CLIP, timbres=(timbre,), today="2026-02-01 12:00:00")

    assert codes(knowledge=known) == expected
