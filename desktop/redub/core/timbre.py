"""A timbre: one voice that a service offers for scripts (TimbreAssets of describetimbre)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

_WITHOUT_VOLUME = re.compile(r"^(male_(?:[1-9]|1\d|20)|female_(?:[1-9]|1\d|2[0-3]))$")


class Gender(StrEnum):
    """TimbreGender, in words."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timbre:
    """One voice.

    :ivar key: TimbreKey, what a request names
    :ivar languages: TimbreLanguages, such as ("zh-CN", "en-US"); with more than one, a take must choose
    :ivar emotions: EmotionalCategories; empty when the voice has only one way to speak
    :ivar sample_url: TimbreSample, a recording of the voice, or ""
    :ivar expires: ExpireDate as the service writes it, "" for a voice that stays
    :ivar driver_types: SupportDriverTypes; empty when the service does not say
    :ivar days_left: whole days until it expires, counted when it was handed out (negative: it has expired);
        None for a voice that stays
    """

    key: str
    name: str = ""
    gender: Gender = Gender.UNKNOWN
    languages: tuple[str, ...] = ()
    emotions: tuple[str, ...] = ()
    sample_url: str = ""
    description: str = ""
    expires: str = ""
    driver_types: tuple[str, ...] = ()
    days_left: int | None = None


def takes_volume(timbre_key: str) -> bool:
    """Say whether Volume has an effect: it has none for male_1 to male_20 and female_1 to female_23."""
    return not _WITHOUT_VOLUME.match(timbre_key)


SOON = 14
"""Days from which on it is said that a voice is about to expire."""
_EXPIRY_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


def dated(timbre: Timbre, now: datetime) -> Timbre:
    """Return `timbre` with the days that are left of it at `now`; a date that cannot be read says nothing."""
    for form in _EXPIRY_FORMS if timbre.expires.strip() else ():
        try:
            end = datetime.strptime(timbre.expires.strip(), form)
        except ValueError:
            continue
        return replace(timbre, days_left=(end - now.replace(tzinfo=None)).days)
    return timbre if timbre.days_left is None else replace(timbre, days_left=None)
