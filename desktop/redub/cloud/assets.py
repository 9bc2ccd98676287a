"""Read what an account has bought (getserviceasset), as far as it can be understood.

The names inside of the detail objects are not documented in the pages that could be read: a number is found by what
its name contains. What cannot be found is None, never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redub.cloud.answers import mapping, sequence, text

HOURS = "NoTrainVideoBroadcastHour"
CONCURRENCY = "NoTrainVideoBroadcastConcurrency"
SERVICE_TYPES = (HOURS, CONCURRENCY)

_LEFT = ("balance", "left", "remain", "surplus", "available")
_USED = ("used", "consum")
_ALL = ("total", "purchas", "quota", "count")
_HOUR_DETAILS = ("UniversalHourInfoDetail", "BroadcastHourInfoDetail")
_PLACE_DETAILS = ("UniversalConcurrencyInfoDetail",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAssets:
    """What an account has; None is what the service does not say.

    :ivar minutes: minutes that were bought for Shared, `minutes_left` what is left of them
    :ivar places: places of its own (Exclusive), `places_used` how many of them are taken
    :ivar expires: when the first of it expires, as the service writes it, "" for never
    """

    minutes: float | None = None
    minutes_left: float | None = None
    places: int | None = None
    places_used: int | None = None
    expires: str = ""


def assets_of(payloads: Iterable[Mapping[str, object]]) -> ServiceAssets:
    """Add up the assets of all pages."""
    hours: list[Mapping[str, object]] = []
    places: list[Mapping[str, object]] = []
    dates: list[str] = []
    for item in (mapping(one) for page in payloads for one in sequence(page.get("ServiceAssetInfos"))):
        if item.get("ServiceType") == HOURS:
            hours.append(_detail(item, _HOUR_DETAILS))
        elif item.get("ServiceType") == CONCURRENCY:
            places.append(_detail(item, _PLACE_DETAILS))
        dates.append(text(item.get("ExpireDate")))
    bought, used = _total(hours, _ALL), _total(hours, _USED)
    left = _total(hours, _LEFT)
    if left is None and bought is not None and used is not None:
        left = max(0.0, bought - used)
    own, taken = _total(places, _ALL), _total(places, _USED)
    return ServiceAssets(
        minutes=None if bought is None else bought * 60,
        minutes_left=None if left is None else left * 60,
        places=None if own is None else int(own),
        places_used=None if taken is None else int(taken),
        expires=min((date for date in dates if date), default=""),
    )


def _detail(item: Mapping[str, object], names: tuple[str, ...]) -> Mapping[str, object]:
    return next((mapping(item[name]) for name in names if item.get(name)), {})


def _total(details: Iterable[Mapping[str, object]], words: tuple[str, ...]) -> float | None:
    """Add up the numbers whose names contain one of `words`; None when no detail has such a number."""
    found = [number for detail in details if (number := _number(detail, words)) is not None]
    return sum(found) if found else None


def _number(detail: Mapping[str, object], words: tuple[str, ...]) -> float | None:
    for word in words:
        for name, value in detail.items():
            if word in name.lower() and isinstance(value, int | float) and not isinstance(value, bool):
                return float(value) if math.isfinite(value) and value >= 0 else None
    return None
