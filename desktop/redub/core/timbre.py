"""A timbre: one voice that a service offers for scripts (TimbreAssets of describetimbre)."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


def takes_volume(timbre_key: str) -> bool:
    """Say whether Volume has an effect: it has none for male_1 to male_20 and female_1 to female_23."""
    return not _WITHOUT_VOLUME.match(timbre_key)
