"""The whole check of a shot and one of its takes, and of a bare clip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from redub.core.checks.knowledge import Knowledge
from redub.core.checks.media import (
    check_letters,
    check_part,
    check_photo,
    check_recording,
    check_reference,
)
from redub.core.checks.selection import check_segment, check_stills
from redub.core.checks.take import check_take
from redub.core.findings import Finding, Level, Remedy
from redub.core.limits import SiteLimits, limits_for
from redub.core.part import Part, sent_part
from redub.core.saying import error, warning
from redub.core.shot import ConcurrencyType, DriverType, Shot, Take

_WAYS_BACK = {"RefVideoUrl": Remedy.RELINK, "InputAudioUrl": Remedy.CHOOSE_RECORDING}
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


def check(shot: Shot, take: Take, knowledge: Knowledge, site: str = "international") -> tuple[Finding, ...]:
    """Return everything to say about `take` of `shot` at `site`, errors first, in the order of the window."""
    limits = limits_for(site)
    about_shot = [*_media(shot, take, knowledge, limits), *_selection(shot, knowledge, limits)]
    about_take = [
        replace(finding, take_id=take.id) for finding in check_take(take, shot.selection, knowledge, limits)
    ]
    return tuple(sorted([*about_shot, *about_take], key=lambda finding: _ORDER[finding.level]))


def check_clip(knowledge: Knowledge, site: str = "international") -> tuple[Finding, ...]:
    """Return everything to say about a clip (the reference of `knowledge`) that no shot uses yet."""
    found = check_reference(knowledge, limits_for(site), None)
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.level]))


def part_to_send(shot: Shot, take: Take, knowledge: Knowledge, site: str = "international") -> Part | None:
    """Return the part of the reference that is converted and sent; None when all of it is.

    A reference that lies at an address already is sent as it is.
    """
    facts, limits = knowledge.reference, limits_for(site)
    if facts is None or facts.video is None or shot.reference is None or shot.reference.url:
        return None
    too_much = limits["reference.duration"].too_high(facts.duration, take.options.concurrency) or limits[
        "reference.size"
    ].too_high(facts.size)
    return sent_part(
        facts, shot.selection, too_much=too_much, speed=knowledge.speed, settings=knowledge.settings
    )


def _media(shot: Shot, take: Take, knowledge: Knowledge, limits: SiteLimits) -> Iterator[Finding]:
    # Left blank, the service takes Exclusive when the account has it: only the wider limit is certain to refuse.
    concurrency = take.options.concurrency or ConcurrencyType.EXCLUSIVE
    for field, why in knowledge.troubles.items():
        remedy = _WAYS_BACK.get(field, Remedy.NONE)
        yield error(
            "media.unreadable", field, why, "Choose another file, or put it back where it was.", remedy
        )
    if shot.reference is None:
        yield error(
            "reference.missing",
            "RefVideoUrl",
            f"{limits['reference.missing'].rule} None was chosen.",
            "Drop a clip of the person onto the window.",
            Remedy.CHOOSE_CLIP,
        )
    elif knowledge.reference is not None:
        part = part_to_send(shot, take, knowledge, limits.site)
        yield from check_reference(knowledge, limits, concurrency, part)
        yield from check_part(knowledge, shot.selection, part)
    if knowledge.recording is not None and take.driver is DriverType.ORIGINAL_VOICE:
        yield from check_recording(knowledge.recording, limits, concurrency)
    if knowledge.ref_photo is not None:
        yield from check_photo(knowledge.ref_photo, limits)
    yield from check_letters(knowledge, limits)
    yield from _border(shot, take, knowledge, limits)


def _border(shot: Shot, take: Take, knowledge: Knowledge, limits: SiteLimits) -> Iterator[Finding]:
    """Yield the warnings about lengths that only Exclusive allows, where Shared was not chosen."""
    if take.options.concurrency is ConcurrencyType.SHARED:
        return
    part = part_to_send(shot, take, knowledge, limits.site)
    reference, recording = knowledge.reference, knowledge.recording
    for key, seconds in (
        ("reference.duration", part.seconds if part else reference.duration if reference else None),
        ("recording.duration", recording.duration if recording else None),
    ):
        limit = limits[key]
        if seconds is None or limit.too_high(seconds, ConcurrencyType.EXCLUSIVE):
            continue
        if limit.too_high(seconds):
            said = "More than 10 minutes are only taken when your account has bought Exclusive slots."
            yield warning(f"{key}.exclusive", limit.field, said, "Make sure that it has, or use less.")


def _selection(shot: Shot, knowledge: Knowledge, limits: SiteLimits) -> Iterator[Finding]:
    duration = knowledge.reference.duration if knowledge.reference else None
    yield from check_segment(shot.selection, duration, limits)
    yield from check_stills(shot.still_intervals, shot.selection, duration, limits)
