"""What the account has bought (getserviceasset), and which kind of concurrency a task gets for it."""

from __future__ import annotations

from collections.abc import Mapping

from redub.rehearsal.asking import check_types, page_of, text
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.refusal import Refusal
from redub.rehearsal.settings import Account
from redub.rehearsal.shapes import GETSERVICEASSET

_HOURS = "NoTrainVideoBroadcastHour"
_CONCURRENCY = "NoTrainVideoBroadcastConcurrency"


def is_exclusive(asked: str, account: Account) -> bool:
    """Say whether a task that asks for the ConcurrencyType `asked` is made as Exclusive.

    Left blank it is Exclusive when concurrency was bought, else Shared when an hour package was.

    :raises Refusal: what is asked for was not bought
    """
    if asked == "Exclusive" and not (account.slots or account.lends):
        raise Refusal(InterfaceCode.NO_CONCURRENCY, "未找到有效的并发配额")
    if asked == "Exclusive" or (asked == "" and account.slots):
        return True
    if account.hours <= 0:
        raise Refusal(InterfaceCode.NO_HOURS, "no valid hour package, or its balance is too low")
    return False


def describe_assets(payload: Mapping[str, object], account: Account) -> dict[str, object]:
    """Return the page of assets that `payload` asks for.

    The names inside of the detail objects are not documented in the pages that could be read.

    :raises Refusal: a field is mistyped, missing or out of its range
    """
    check_types(payload, GETSERVICEASSET)
    first, size = page_of(payload)
    kind = text(payload, "ServiceType")
    found = [asset for asset in _assets(account) if kind in {"", asset["ServiceType"]}]
    return {"ServiceAssetInfos": found[first : first + size], "Total": len(found)}


def _assets(account: Account) -> list[dict[str, object]]:
    hours = {"TotalHour": account.hours, "UsedHour": 0.0, "BalanceHour": account.hours}
    slots = {"TotalConcurrency": account.slots or int(account.lends), "UsedConcurrency": 0}
    return [
        {"ServiceType": _HOURS, "ExpireDate": "", "UniversalHourInfoDetail": hours},
        {"ServiceType": _CONCURRENCY, "ExpireDate": "", "UniversalConcurrencyInfoDetail": slots},
    ]
