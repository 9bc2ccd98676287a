"""Checks of the files: reference, recording, photo of the face, letters."""

from __future__ import annotations

from collections.abc import Iterator

from redub.core import conversion
from redub.core.checks.knowledge import Knowledge
from redub.core.checks.sayings import beyond, error, info, warning
from redub.core.clip import ClipFacts, PhotoFacts, VideoFacts
from redub.core.findings import Finding, Remedy
from redub.core.limits import PHOTO_FORMATS, RECORDING_CONTAINERS, SiteLimits
from redub.core.shot import ConcurrencyType

_REFERENCE = "RefVideoUrl"


def check_reference(
    facts: ClipFacts, limits: SiteLimits, concurrency: ConcurrencyType | None
) -> Iterator[Finding]:
    """Yield what stands against using a clip as the reference."""
    video = facts.video
    if video is None:
        yield error(
            "reference.no_picture",
            _REFERENCE,
            "This file has no picture; the reference must be a video of a person.",
            "Choose a video clip.",
            Remedy.CHOOSE_CLIP,
        )
        return
    decision = conversion.decide(facts)
    yield from _conversion(decision)
    if decision.kind is not conversion.Kind.RE_ENCODE:  # encoding makes another size of it
        yield from beyond(limits["reference.size"], facts.size, concurrency, "", "Use a shorter clip.")
    yield from _pixels(video, limits)
    yield from beyond(
        limits["reference.duration"],
        facts.duration,
        concurrency,
        "Use a longer clip.",
        "Use a shorter clip, or choose Exclusive when your account has it.",
    )
    yield from _recommended(facts.duration, limits)


def _conversion(decision: conversion.Decision) -> Iterator[Finding]:
    if decision.kind is conversion.Kind.NOTHING:
        return
    reasons = " ".join(decision.reasons)
    yield warning(
        "reference.conversion",
        _REFERENCE,
        f"The clip has to be converted before it is sent. {reasons}",
        "Convert it now, or let Redub do it when the take is made. Your own file stays as it is.",
        Remedy.CONVERT,
    )


def _pixels(video: VideoFacts, limits: SiteLimits) -> Iterator[Finding]:
    limit = limits["reference.pixels"]
    small, large = sorted((video.shown_width, video.shown_height))
    said = f"{limit.rule} Here it has {video.shown_width} x {video.shown_height}."
    if limit.too_low(small):
        yield error("reference.pixels.low", _REFERENCE, said, "Use the clip in its original size.")
    elif limit.too_high(large):
        yield warning(
            "reference.pixels.high",
            _REFERENCE,
            said,
            "Redub scales it down when it converts.",
            Remedy.CONVERT,
        )


def _recommended(seconds: float, limits: SiteLimits) -> Iterator[Finding]:
    limit, hard = limits["reference.recommended"], limits["reference.duration"]
    outside = limit.too_low(seconds) or limit.too_high(seconds)
    if outside and not hard.too_low(seconds) and not hard.too_high(seconds):
        yield info("reference.recommended", _REFERENCE, f"{limit.rule} Here it lasts {seconds:.1f} s.")


def check_recording(
    facts: ClipFacts, limits: SiteLimits, concurrency: ConcurrencyType | None
) -> Iterator[Finding]:
    """Yield what stands against using a file as the voice recording."""
    field = "InputAudioUrl"
    if facts.audio is None:
        yield error(
            "recording.no_sound",
            field,
            "This file has no sound, so there is nothing that the lips could follow.",
            "Choose a voice recording.",
            Remedy.CHOOSE_RECORDING,
        )
        return
    if facts.container not in RECORDING_CONTAINERS or facts.video is not None:
        yield error(
            "recording.format",
            field,
            "The service takes recordings as wav, mp3, wma, m4a, aac or ogg; this file is "
            f"{'a video' if facts.video else facts.container}.",
            "Save the sound as wav or m4a.",
            Remedy.CHOOSE_RECORDING,
        )
    yield from beyond(
        limits["recording.duration"],
        facts.duration,
        concurrency,
        "Use a longer recording.",
        "Split the recording into several takes.",
    )
    yield from beyond(limits["recording.size"], facts.size, concurrency, "", "Save it as m4a or mp3.")


def check_photo(facts: PhotoFacts, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what stands against using a picture as the photo of the face."""
    field = "VideoParam.RefPhotoUrl"
    if facts.format not in PHOTO_FORMATS:
        yield error(
            "photo.format",
            field,
            f"The photo must be jpg, png, bmp or webp; this one is {facts.format}.",
            "Save it as jpg.",
        )
    yield from beyond(limits["photo.size"], facts.size, None, "", "Save it smaller, as jpg.")
    limit = limits["photo.pixels"]
    small, large = sorted((facts.width, facts.height))
    if limit.too_low(small) or limit.too_high(large):
        side = "low" if limit.too_low(small) else "high"
        said = f"{limit.rule} Here it has {facts.width} x {facts.height}."
        yield error(f"photo.pixels.{side}", field, said, "Use a picture of another size.")


def check_letters(knowledge: Knowledge, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what stands against the letters of authorization."""
    letter, video = knowledge.letter, knowledge.letter_video
    if letter is not None:
        if not letter.is_pdf:
            yield error(
                "letter.format",
                "IdentityWrittenUrl",
                "The letter of authorization must be a PDF, and the content of this file is none.",
                "Export the letter as PDF.",
            )
        yield from beyond(limits["letter.size"], letter.size, None, "", "Scan it in a lower resolution.")
    if video is not None:
        if video.video is None or video.container != "mp4":
            yield error(
                "letter_video.format",
                "IdentityVideoUrl",
                f"The authorization video must be an mp4; this file is {video.container}.",
                "Save it as mp4.",
            )
        yield from beyond(limits["letter_video.size"], video.size, None, "", "Use a shorter video.")
