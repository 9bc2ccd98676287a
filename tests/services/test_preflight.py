"""Everything about a take is found before anything is sent, and a file is looked into once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.conversion import EncodeSettings
from redub.core.findings import Level
from redub.core.shot import Letters, Options, Source
from redub.services import preflight as module
from redub.services.conversions import Conversions
from redub.services.deriving import Deriver, footage_of
from redub.services.editing import Editing
from redub.services.preflight import Preflight, look_at_letter
from redub.services.wholeness import Wholeness
from services.stand import silent, spoken_over
from support.clips import ClipFactory


async def test_look__asks_a_file_once_until_it_changes(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip, preflight, looks = clip_factory(), Preflight(), list[str]()

    def counting(path: str, stamp: tuple[int, int] | None, look: module.Look) -> module._Seen:
        looks.append(path)
        return original(path, stamp, look)

    original = module._seen
    monkeypatch.setattr(module, "_seen", counting)
    first = await preflight.look_at_clip(clip)
    assert await preflight.look_at_clip(clip) == first
    clip_factory(seconds=3.0)
    changed = await preflight.look_at_clip(clip)

    assert (len(looks), first.duration, changed.duration) == (2, 2.0, 3.0)


async def test_findings__name_each_medium_that_cannot_be_used(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    shot = spoken_over(tmp_path / "gone.mp4").shot
    photo = tmp_path / "face.png"
    photo.write_text("no picture")
    options = Options(ref_photo=Source(path=str(photo)))
    letters = Letters(written=Source(path=str(tmp_path / "gone.pdf")))
    shot = replace(shot, letters=letters, takes=(replace(shot.takes[0], options=options),))

    findings = await Preflight().findings(shot, shot.takes[0], "international")

    unreadable = {one.field for one in findings if one.code == "media.unreadable"}
    assert unreadable == {"RefVideoUrl", "VideoParam.RefPhotoUrl", "IdentityWrittenUrl"}
    assert {one.level for one in findings if one.code == "media.unreadable"} == {Level.ERROR}


async def test_a_missing_file__is_no_trouble_when_the_medium_has_an_address(tmp_path: Path) -> None:
    shot = spoken_over(tmp_path / "gone.mp4").shot
    shot = replace(shot, reference=Source(path=str(tmp_path / "gone.mp4"), url="https://a.example/clip.mp4"))

    knowledge = await Preflight().look(shot, shot.takes[0])

    assert (knowledge.troubles, knowledge.reference) == ({}, None)


def test_look_at_letter__knows_a_pdf(tmp_path: Path) -> None:
    letter, text, cut = tmp_path / "letter.pdf", tmp_path / "text.pdf", tmp_path / "cut.pdf"
    letter.write_bytes(b"%PDF-1.7\n" + b"0" * 9000 + b"\n%%EOF\n")
    text.write_bytes(b"Dear sirs")
    cut.write_bytes(letter.read_bytes()[:5000])

    assert [look_at_letter(str(path)).is_pdf for path in (letter, text, cut)] == [True, False, False]


async def test_derive__shows_what_is_known_and_nothing_more(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    document = spoken_over(clip_factory(seconds=6.0, width=640, height=480))
    preflight = Preflight()
    editing = Editing(derive=Deriver(preflight, lambda: "rehearsal").derive)
    editing.open(document.shot, None)
    before = editing.view
    await preflight.look(document.shot, document.shot.takes[0])
    editing.refresh()

    assert (before.facts, before.plan) == (None, None)
    assert before.speech_seconds
    assert editing.view.facts is not None
    assert editing.view.plan is not None
    assert editing.view.plan.duration == editing.view.speech_seconds
    assert not editing.view.speech_is_real


async def test_footage__is_that_of_the_converted_clip(clip_factory: ClipFactory) -> None:
    facts = await Preflight().look_at_clip(clip_factory(name="v.mp4", rotation=90, width=240, height=426))

    footage = footage_of(facts)

    assert footage is not None
    assert (footage.width, footage.height, footage.fps) == (240, 426, 25.0)


async def test_findings__after_the_conversion__say_that_the_copy_is_verified(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(name="phone.mov", codec="hevc", width=360, height=640, seconds=1.0)
    preflight = Preflight()
    conversions = Conversions(tmp_path / "cache", preflight, settings=EncodeSettings(preset="ultrafast"))
    before = {one.code for one in await preflight.clip_findings(clip, "international")}
    try:
        await conversions.legal_reference(clip, silent)
    finally:
        await conversions.aclose()
    moved = clip.rename(tmp_path / "renamed.mov")
    again = Preflight()
    Conversions(tmp_path / "cache", again, settings=EncodeSettings(preset="ultrafast"))
    after = {one.code: one for one in await again.clip_findings(moved, "international")}

    assert "reference.conversion" in before
    assert "reference.conversion" not in after
    assert "No frame has moved." in after["reference.converted"].message
    assert after["reference.converted"].remedy == ""


async def test_wholeness__a_broken_frame_is_found_with_its_time_and_remembered(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(name="long.mp4", width=360, height=640, seconds=12.0, audio=False)
    damage(clip, 0.7)
    preflight = Preflight()
    wholeness = Wholeness(tmp_path / "cache", preflight)
    told: list[str] = []
    wholeness.changes.listen(told.append)
    facts = await preflight.look_at_clip(clip)
    quick = {one.code for one in await preflight.clip_findings(clip, "international")}
    try:
        verdict = await wholeness.begin(facts)
    finally:
        await wholeness.aclose()
    again = Preflight()
    later = Wholeness(tmp_path / "cache", again)
    found = {one.code: one for one in await again.clip_findings(clip, "international")}
    await later.aclose()

    assert "reference.broken" not in quick
    assert verdict is not None
    assert verdict.broken_at == pytest.approx(12 * 0.7, abs=1.5)
    assert told == [str(clip)]
    assert "damaged at 00:0" in found["reference.broken"].message


async def test_wholeness__whole_clip__has_nothing_to_say(tmp_path: Path, clip_factory: ClipFactory) -> None:
    preflight = Preflight()
    wholeness = Wholeness(tmp_path / "cache", preflight)
    try:
        verdict = await wholeness.begin(await preflight.look_at_clip(clip_factory(seconds=1.0)))
    finally:
        await wholeness.aclose()

    assert verdict is not None
    assert verdict.broken_at is None


def damage(clip: Path, place: float) -> None:
    """Overwrite some bytes of the pictures at a part of the file's length."""
    content = bytearray(clip.read_bytes())
    start = content.index(b"mdat") + int((len(content) - content.index(b"mdat")) * place)
    content[start : start + 3000] = b"\xff" * 3000
    clip.write_bytes(content)
