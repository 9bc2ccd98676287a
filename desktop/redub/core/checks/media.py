"""Checks of the files: reference, recording, photo of the face, letters."""

from __future__ import annotations

from collections.abc import Iterator

from redub.core import conversion
from redub.core.checks.knowledge import Knowledge
from redub.core.clip import ClipFacts, PhotoFacts, VideoFacts
from redub.core.findings import Finding, Remedy
from redub.core.forecast import likely_bytes, likely_seconds
from redub.core.limits import PHOTO_FORMATS, RECORDING_CONTAINERS, SiteLimits
from redub.core.part import Part, decide_part, seconds_saved, used_part
from redub.core.saying import amount, beyond, error, info, span, warning
from redub.core.shot import ConcurrencyType, Selection
from redub.core.times import Notation, show

_REFERENCE = "RefVideoUrl"
_TELLING = 5.0
"""Seconds that must be saved before it is worth a sentence."""


def check_reference(
    knowledge: Knowledge, limits: SiteLimits, concurrency: ConcurrencyType | None, part: Part | None = None
) -> Iterator[Finding]:
    """Yield what stands against using a clip as the reference.

    :param part: what of it is sent; None for the whole clip
    """
    facts = knowledge.reference
    if facts is None:
        return
    if facts.video is None:
        yield error(
            "reference.no_picture",
            _REFERENCE,
            "This file has no picture; the reference must be a video of a person.",
            "Choose a video clip.",
            Remedy.CHOOSE_CLIP,
        )
        return
    decision = (
        decide_part(facts, part, knowledge.settings)
        if part
        else conversion.decide(facts, limits, settings=knowledge.settings)
    )
    seconds = part.seconds if part else facts.duration
    yield from _broken(knowledge, part)
    yield from _conversion(knowledge, facts, decision, seconds)
    if decision.kind is not conversion.Kind.RE_ENCODE:  # encoding makes another size of it
        fix = "Send only the part that is used, or choose a shorter clip."
        yield from beyond(limits["reference.size"], facts.size, concurrency, "", fix, Remedy.TRIM_SEGMENT)
    yield from _pixels(facts.video, decision, limits)
    yield from _seconds(seconds, limits, concurrency)
    yield from _recommended(seconds, limits)


def _broken(knowledge: Knowledge, part: Part | None) -> Iterator[Finding]:
    at = knowledge.broken_at
    if at is None:
        return
    said = f"The clip is damaged at {show(at, Notation.CLOCK)}: a frame there cannot be decoded."
    if part and not part.start <= at < part.end:
        yield info("reference.broken.outside", _REFERENCE, f"{said} That part is not sent.")
        return
    fix = "Copy or export the clip again, or pick a segment that does not contain this place."
    yield error("reference.broken", _REFERENCE, said, fix, Remedy.CHOOSE_CLIP)


def _conversion(
    knowledge: Knowledge, facts: ClipFacts, decision: conversion.Decision, seconds: float
) -> Iterator[Finding]:
    """Say what is done to the clip, why, and what that costs; or that it is done, and the proof."""
    if decision.kind is conversion.Kind.NOTHING:
        return
    if knowledge.copy is not None:
        said = f"The clip was converted, and the copy is verified. {knowledge.copy.proof}"
        yield info("reference.converted", _REFERENCE, said, "The copy is sent; your own file is as it was.")
        return
    reasons = " ".join(decision.reasons)
    takes = span(likely_seconds(facts, decision, seconds, knowledge.speed))
    large = amount(likely_bytes(facts, decision, seconds), "bytes")
    yield warning(
        "reference.conversion",
        _REFERENCE,
        f"The clip has to be converted before it is sent. {reasons} {_way(decision)} "
        f"That takes {takes}, and makes about {large}.",
        "Convert it now, or let Redub do it when the take is made. Your own file stays as it is.",
        Remedy.CONVERT,
    )


def _way(decision: conversion.Decision) -> str:
    return {
        conversion.Kind.REMUX: "The frames stay as they are; only the file around them is made anew.",
        conversion.Kind.AUDIO_ONLY: "The frames stay as they are; only the sound is encoded.",
        conversion.Kind.RE_ENCODE: f"It is encoded anew as H.264, {decision.width}x{decision.height}.",
        conversion.Kind.NOTHING: "",
    }[decision.kind]


def check_part(knowledge: Knowledge, selection: Selection, part: Part | None) -> Iterator[Finding]:
    """Say that only a part is sent, or that it could be."""
    facts = knowledge.reference
    could = used_part(facts, selection) if facts else None
    if facts is None or could is None:
        return
    saved = seconds_saved(facts, could, knowledge.speed, knowledge.settings)
    gain = f" That saves {span(saved)}." if saved >= _TELLING else ""
    times = f"{show(could.start, Notation.CLOCK)} to {show(could.end, Notation.CLOCK)}"
    if part:
        said = (
            f"Only {times} of the clip is converted and sent.{gain} "
            "Start, end and still intervals move with it; the result is the same, frame for frame."
        )
        yield info("reference.part", "VideoParam.MakeType", said, "Send the whole clip.", Remedy.SEND_WHOLE)
    elif saved >= _TELLING:
        said = f"The whole clip is converted and sent, though only {times} is used."
        yield info(
            "reference.whole", "VideoParam.MakeType", said, f"Send only this part.{gain}", Remedy.ONLY_PART
        )


def _pixels(video: VideoFacts, decision: conversion.Decision, limits: SiteLimits) -> Iterator[Finding]:
    limit = limits["reference.pixels"]
    small, large = sorted((video.shown_width, video.shown_height))
    said = f"{limit.rule} Here it has {video.shown_width} x {video.shown_height}."
    if limit.too_low(small):
        yield error("reference.pixels.low", _REFERENCE, said, "Use the clip in its original size.")
    elif limit.too_low(min(decision.width, decision.height)):
        said = f"{said} Scaled down it would have {decision.width} x {decision.height}."
        yield error("reference.pixels.low", _REFERENCE, said, "Use a clip that is less long and narrow.")
    elif limit.too_high(large):
        fix = "Redub scales it down when it converts."
        yield warning("reference.pixels.high", _REFERENCE, said, fix, Remedy.CONVERT)


def _seconds(seconds: float, limits: SiteLimits, concurrency: ConcurrencyType | None) -> Iterator[Finding]:
    limit = limits["reference.duration"]
    said = f"{limit.rule} Here it is {amount(seconds, limit.unit)}."
    if limit.too_low(seconds):
        yield error("reference.duration.low", _REFERENCE, said, "Use a longer clip.", Remedy.CHOOSE_CLIP)
    elif limit.too_high(seconds, concurrency):
        fix = "Use only its beginning (the segment can be moved afterwards), or choose a shorter clip."
        yield error("reference.duration.high", _REFERENCE, said, fix, Remedy.TRIM_SEGMENT)


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
            f"{limits['recording.format'].rule} This file is {'a video' if facts.video else facts.container}.",
            "Use a copy of its sound as wav or m4a; the file itself stays as it is.",
            Remedy.LEGAL_RECORDING,
        )
    yield from beyond(
        limits["recording.duration"],
        facts.duration,
        concurrency,
        "Use a longer recording.",
        "Use a shorter recording, or several takes with a piece each.",
        Remedy.CHOOSE_RECORDING,
    )
    yield from beyond(
        limits["recording.size"],
        facts.size,
        concurrency,
        "",
        "Use a smaller copy; the file itself stays as it is.",
        Remedy.LEGAL_RECORDING,
    )


def check_photo(facts: PhotoFacts, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what stands against using a picture as the photo of the face."""
    field = "VideoParam.RefPhotoUrl"
    if facts.format not in PHOTO_FORMATS:
        yield error(
            "photo.format",
            field,
            f"{limits['photo.format'].rule} This one is {facts.format}.",
            "Save a copy as jpg.",
            Remedy.SCALE_PHOTO,
        )
    yield from beyond(limits["photo.size"], facts.size, None, "", "Save a smaller copy.", Remedy.SCALE_PHOTO)
    limit = limits["photo.pixels"]
    small, large = sorted((facts.width, facts.height))
    if limit.too_low(small) or limit.too_high(large):
        side = "low" if limit.too_low(small) else "high"
        said = f"{limit.rule} Here it has {facts.width} x {facts.height}."
        fix = "Use a larger picture." if side == "low" else "Save a smaller copy."
        remedy = Remedy.CHOOSE_PHOTO if limit.too_low(small) else Remedy.SCALE_PHOTO
        yield error(f"photo.pixels.{side}", field, said, fix, remedy)


def check_letters(knowledge: Knowledge, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what stands against the letters of authorization."""
    letter, video = knowledge.letter, knowledge.letter_video
    if letter is not None:
        if not letter.is_pdf:
            yield error(
                "letter.format",
                "IdentityWrittenUrl",
                f"{limits['letter.format'].rule} The content of this file is none, or not a whole one.",
                "Export the letter as PDF, and choose it.",
                Remedy.CHOOSE_LETTER,
            )
        yield from beyond(
            limits["letter.size"],
            letter.size,
            None,
            "",
            "Scan it in a lower resolution.",
            Remedy.CHOOSE_LETTER,
        )
    if video is not None:
        if video.video is None or video.container != "mp4":
            yield error(
                "letter_video.format",
                "IdentityVideoUrl",
                f"{limits['letter_video.format'].rule} This file is {video.container}.",
                "Save it as mp4, and choose it.",
                Remedy.CHOOSE_LETTER_VIDEO,
            )
        yield from beyond(
            limits["letter_video.size"],
            video.size,
            None,
            "",
            "Use a shorter video.",
            Remedy.CHOOSE_LETTER_VIDEO,
        )
