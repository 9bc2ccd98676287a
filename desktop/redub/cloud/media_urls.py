"""Which media a take's request names, and the addresses that the service fetches them from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from redub.core.shot import DriverType, Shot, Source, Take


class MediaKind(StrEnum):
    """The five media of a request; the value is the field of `MediaUrls`."""

    REFERENCE = "reference"
    RECORDING = "recording"
    REF_PHOTO = "ref_photo"
    LETTER = "letter"
    LETTER_VIDEO = "letter_video"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaUrls:
    """Where the service fetches each medium from; None where there is none.

    :ivar reference: RefVideoUrl
    :ivar recording: InputAudioUrl
    :ivar ref_photo: VideoParam.RefPhotoUrl
    :ivar letter: IdentityWrittenUrl
    :ivar letter_video: IdentityVideoUrl
    """

    reference: str | None = None
    recording: str | None = None
    ref_photo: str | None = None
    letter: str | None = None
    letter_video: str | None = None

    def get(self, kind: MediaKind) -> str | None:
        """Return the address of one medium."""
        value: str | None = getattr(self, kind.value)
        return value

    def having(self, kind: MediaKind, url: str) -> MediaUrls:
        """Return these addresses with one put in."""
        return replace(self, **{kind.value: url})


def needed_media(shot: Shot, take: Take) -> tuple[tuple[MediaKind, Source], ...]:
    """Return the media that the request of `take` names, and nothing that would have no effect.

    A recording counts only when a recording drives the lips; a face picture only while one face is tracked.
    """
    options = take.options
    sources = (
        (MediaKind.REFERENCE, shot.reference),
        (MediaKind.RECORDING, take.recording if take.driver is DriverType.ORIGINAL_VOICE else None),
        (MediaKind.REF_PHOTO, options.ref_photo if options.track_face else None),
        (MediaKind.LETTER, shot.letters.written),
        (MediaKind.LETTER_VIDEO, shot.letters.video),
    )
    return tuple((kind, source) for kind, source in sources if source and (source.path or source.url))


def known_urls(shot: Shot, take: Take) -> MediaUrls:
    """Return the addresses that the shot already has, for the media that the request of `take` names."""
    urls = MediaUrls()
    for kind, source in needed_media(shot, take):
        if source.url:
            urls = urls.having(kind, source.url)
    return urls
