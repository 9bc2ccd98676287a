"""A text that somebody wrote as InputSsml: marks are kept where it has some, else every sign is taken as it is."""

from __future__ import annotations

import re

from redub.core.ssml.document import Mark, parse, plain_to_ssml, walk
from redub.core.ssml.vocabulary import TAGS

_WRITTEN_AS_SSML = re.compile(r"&(?:lt|gt|amp|quot|apos);|</[a-zA-Z-]+\s*>|<[a-zA-Z-]+[^<>]*/>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)")


def is_ssml(text: str) -> bool:
    """Say whether a text was written with marks or escapes.

    A tag that the service does not know counts as well when it is closed: the check names it then.
    """
    marks = (node for node in walk(parse(text).nodes) if isinstance(node, Mark))
    return bool(_WRITTEN_AS_SSML.search(text)) or any(mark.tag in TAGS for mark in marks)


def as_ssml(text: str, pause: str | None = None) -> str:
    """Return `text` as InputSsml on one line; in plain text line breaks become a space, or a pause of this length."""
    stripped = text.strip()
    if is_ssml(stripped):
        return _BARE_AMPERSAND.sub("&amp;", " ".join(stripped.splitlines()))
    return plain_to_ssml(stripped, pause)
