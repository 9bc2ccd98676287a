"""Read the voices of an account (describetimbre, TimbreAssets)."""

from __future__ import annotations

from collections.abc import Mapping

from redub.cloud.answers import sequence, text, texts, whole
from redub.core.timbre import Gender, Timbre

__all__ = ["Timbre", "timbres_of"]

_GENDERS = {1: Gender.MALE, 2: Gender.FEMALE}


def timbres_of(payload: Mapping[str, object]) -> tuple[Timbre, ...]:
    """Read one page of voices; what has no key is no voice, what is missing or mistyped is left open."""
    items = (item for item in sequence(payload.get("TimbreAssets")) if isinstance(item, dict))
    return tuple(_timbre(item) for item in items if text(item.get("TimbreKey")))


def _timbre(item: Mapping[str, object]) -> Timbre:
    key = text(item.get("TimbreKey"))
    return Timbre(
        key=key,
        name=text(item.get("TimbreName")) or key,
        gender=_GENDERS.get(whole(item.get("TimbreGender")) or 0, Gender.UNKNOWN),
        languages=texts(item.get("TimbreLanguages")),
        emotions=texts(item.get("EmotionalCategories")),
        sample_url=text(item.get("TimbreSample")),
        description=text(item.get("TimbreDesc")),
        expires=text(item.get("ExpireDate")),
        driver_types=texts(item.get("SupportDriverTypes")),
    )
