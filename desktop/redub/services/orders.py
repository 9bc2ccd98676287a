"""An order: which take of which shot is to be made, and where its result shall lie under which name."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from redub.cloud.media_urls import MediaKind, MediaUrls, known_urls, needed_media
from redub.core.shot import Shot, Take

DEFAULT_TEMPLATE = "{shot} - {take}"
_LONGEST_NAME = 100
_FIELD = re.compile(r"\{(\w+)\}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_RESERVED = frozenset({"con", "prn", "aux", "nul"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One take to be made.

    :ivar shot_name: what the shot is called, from its file
    :ivar folder: where the result shall lie
    :ivar urls: addresses given by hand, which go before those of the shot
    """

    shot: Shot
    take_id: str
    shot_name: str
    folder: Path
    urls: MediaUrls = field(default_factory=MediaUrls)

    @property
    def take(self) -> Take:
        """Return the take; KeyError when the shot has none with this id."""
        return self.shot.take(self.take_id)

    @property
    def known_urls(self) -> MediaUrls:
        """Return the addresses that need no upload: given by hand, or part of the shot."""
        urls = known_urls(self.shot, self.take)
        for kind in MediaKind:
            given = self.urls.get(kind)
            if given:
                urls = urls.having(kind, given)
        return urls

    @property
    def files(self) -> dict[MediaKind, Path]:
        """Return the files that have to be brought to the service, as they lie on this machine."""
        urls = self.known_urls
        media = needed_media(self.shot, self.take)
        return {kind: Path(source.path) for kind, source in media if source.path and not urls.get(kind)}


def name_by(template: str, order: Order, site: str, now: float) -> str:
    """Return the name of a result, without its ending, as `template` says.

    Its fields are {shot}, {take}, {date} (2026-11-25), {time} (14-05), {service} and {voice}; what it does not know
    stays as it is written. An empty part leaves no dash behind.
    """
    day = time.localtime(now)
    values = {
        "shot": plain_name(order.shot_name),
        "take": plain_name(order.take.name),
        "date": time.strftime("%Y-%m-%d", day),
        "time": time.strftime("%H-%M", day),
        "service": site,
        "voice": plain_name(order.take.speech.timbre_key),
    }
    filled = _FIELD.sub(lambda found: values.get(found[1], found[0]), template or DEFAULT_TEMPLATE)
    parts = [part.strip() for part in filled.split(" - ")]
    return plain_name(" - ".join(part for part in parts if part)).strip(" .") or "result"


def plain_name(text: str) -> str:
    """Return `text` as every file system takes it in a name."""
    plain = _NOT_IN_NAMES.sub(" ", text)
    plain = " ".join(plain.split()).strip(" .")[:_LONGEST_NAME]
    return f"{plain}_" if plain.lower() in _RESERVED else plain
