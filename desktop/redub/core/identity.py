"""What makes a clip the same one wherever it lies, and in what two clips differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redub.core.clip import ClipFacts

_SAME_LENGTH = 0.0005
_SAME_RATE = 0.005


class Trait(StrEnum):
    """What two clips can differ in."""

    LENGTH = "length"
    PICTURE = "picture"
    RATE = "rate"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipIdentity:
    """What is remembered of a clip.

    :ivar content_key: hash over the content; the same wherever the file lies
    :ivar size: bytes
    :ivar duration: seconds; `width` and `height` as shown, `rate` in frames a second, 0 without a picture
    """

    content_key: str
    size: int
    duration: float
    width: int = 0
    height: int = 0
    rate: float = 0.0


def identity_of(facts: ClipFacts) -> ClipIdentity:
    """Return what is to be remembered of a clip."""
    video = facts.video
    return ClipIdentity(
        content_key=facts.content_key,
        size=facts.size,
        duration=facts.duration,
        width=video.shown_width if video else 0,
        height=video.shown_height if video else 0,
        rate=video.frame_rate if video else 0.0,
    )


def differences(before: ClipIdentity, now: ClipIdentity) -> tuple[Trait, ...]:
    """Return in what `now` differs from `before`; () when it is the same clip.

    Where length, picture and rate agree and only the bytes do not, that is CONTENT.
    """
    if before.content_key == now.content_key:
        return ()
    found = []
    if abs(before.duration - now.duration) > _SAME_LENGTH:
        found.append(Trait.LENGTH)
    if (before.width, before.height) != (now.width, now.height):
        found.append(Trait.PICTURE)
    if abs(before.rate - now.rate) > _SAME_RATE:
        found.append(Trait.RATE)
    return tuple(found) or (Trait.CONTENT,)
