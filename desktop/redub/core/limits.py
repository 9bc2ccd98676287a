"""The one table of limits: what a row is, and the rows of a site; the rows themselves are in `limitrows`.

Checks, texts of the window, the table in the README and the tests at, below and above each limit come from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from redub.core.limit import GIGABYTE, MEGABYTE, Limit
from redub.core.limitrows import CHINA, ROWS

__all__ = [
    "GIGABYTE",
    "MEGABYTE",
    "PHOTO_FORMATS",
    "RECORDING_CONTAINERS",
    "REFERENCE_CODEC",
    "REFERENCE_CONTAINERS",
    "Limit",
    "SiteLimits",
    "limits_for",
]


_VERSIONS = {"international": "INT 73472, 2025-10-10", "china": "CN 116222, 2026-01-30"}


@dataclass(frozen=True, slots=True)
class SiteLimits:
    """The limits of one site, by key."""

    site: str
    rows: Mapping[str, Limit]

    def __getitem__(self, key: str) -> Limit:
        """Return the row `key`."""
        return self.rows[key]


@lru_cache(maxsize=8)
def limits_for(site: str) -> SiteLimits:
    """Return the limits of `site`; every site but China has those of the international page."""
    changes = CHINA if site == "china" else {}
    rows = {row.key: _changed(row, changes.get(row.key, {})) for row in ROWS}
    return SiteLimits(site, MappingProxyType(rows))


def version_of(site: str) -> str:
    """Return which edition of which page the limits of `site` were taken from, for the record of a take."""
    return _VERSIONS.get(site, _VERSIONS["international"])


def _changed(row: Limit, change: Mapping[str, object]) -> Limit:
    return replace(row, **change) if change else row  # type: ignore[arg-type]  # the table names fields of Limit


_ANYWHERE = limits_for("international")
REFERENCE_CONTAINERS = frozenset(_ANYWHERE["reference.container"].values)
REFERENCE_CODEC = _ANYWHERE["reference.codec"].values[0]
RECORDING_CONTAINERS = frozenset(_ANYWHERE["recording.format"].values) | {"asf", "mp4"}
"""ffmpeg calls the container of wma asf, and some of those of m4a mp4."""
PHOTO_FORMATS = frozenset(_ANYWHERE["photo.format"].values)
