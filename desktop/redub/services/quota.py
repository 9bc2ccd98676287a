"""What a take will use of what the account has, before it is sent; and what shot and month have used so far."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from redub.cloud.assets import ServiceAssets
from redub.core.errors import CloudFault
from redub.core.shot import ConcurrencyType
from redub.core.tasks import PAID, TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.services.accounts import Account, Accounts
from redub.services.ledger import Ledger
from redub.services.places import VIDEO_PLACES, place_limit
from redub.store.tasks import TaskStore

GOOD_FOR_SECONDS = 300.0
"""How long an answer about what was bought is used again."""
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaView:
    """What is known before a take is sent; None is what nobody can say.

    :ivar is_exclusive: it uses a place instead of minutes; None when the service decides and does not say how
    :ivar minutes: minutes of result that this take will use (Shared)
    :ivar minutes_left: minutes that the account has left
    :ivar places: tasks that the account may have at the service at a time, `taken` those that are known to be there
    :ivar shot_minutes: minutes of result that this shot has used up to now, `month_minutes` this month's of the account
    :ivar source: whether the service has said what is left, or only this history knows
    """

    is_exclusive: bool | None
    minutes: float | None
    minutes_left: float | None
    places: int
    taken: int
    shot_minutes: float
    month_minutes: float
    is_from_service: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it, one thing a line."""
        said = [self._use(), self._left()]
        said.append(
            _("Used so far: {shot:.1f} minutes by this shot, {month:.1f} minutes this month.").format(
                shot=self.shot_minutes, month=self.month_minutes
            )
        )
        return tuple(sentence for sentence in said if sentence)

    def _use(self) -> str:
        if self.is_exclusive:
            return _("This take uses one place of your own for as long as it is made.")
        if self.minutes is None:
            return _("How many minutes it will use cannot be said: its length is not known.")
        return _("This take will use about {minutes:.1f} minutes.").format(minutes=self.minutes)

    def _left(self) -> str:
        free = max(0, self.places - self.taken)
        places = ngettext("{n} place is free.", "{n} places are free.", free).format(n=free)
        if self.minutes_left is None or self.is_exclusive:
            return places
        left = _("The account has {minutes:.0f} minutes left.").format(minutes=self.minutes_left)
        return f"{left} {places}"


class Quota:
    """Knows what accounts have."""

    def __init__(self, *, ledger: Ledger, accounts: Accounts, clock: Callable[[], float] = time.time) -> None:
        self._ledger = ledger
        self._accounts = accounts
        self._clock = clock
        self._known: dict[str, tuple[float, ServiceAssets | None]] = {}

    async def view(
        self, *, shot: str, concurrency: ConcurrencyType | None, seconds: float | None
    ) -> QuotaView:
        """Return what a take of `seconds` will use at the chosen account.

        :param shot: what the shot is called, as in `TaskRecord.shot`
        :raises UserError: the account is not complete
        """
        account = await self._accounts.chosen()
        assets = await self.assets(account)
        now = self._clock()

        def look(store: TaskStore) -> tuple[tuple[TaskRecord, ...], int, int]:
            records = (*store.listed(), *store.forgotten())
            note = store.accounts.get(account.name)
            return records, place_limit(note, now), store.waiting.taken_places(account.name)

        records, places, taken = await self._ledger.read(look)
        own = [one for one in records if one.account == account.name]
        exclusive = _is_exclusive(concurrency, assets)
        return QuotaView(
            is_exclusive=exclusive,
            minutes=seconds / 60 if seconds is not None and not exclusive else None,
            minutes_left=assets.minutes_left if assets else None,
            places=_places(exclusive, assets, places),
            taken=taken,
            shot_minutes=used_minutes(one for one in own if one.shot == shot),
            month_minutes=used_minutes(one for one in own if _month(one.created) == _month(now)),
            is_from_service=assets is not None,
        )

    async def assets(self, account: Account) -> ServiceAssets | None:
        """Ask the service what the account has bought, at most every few minutes; None when it does not say."""
        now = self._clock()
        moment, known = self._known.get(account.name, (0.0, None))
        if moment and 0 <= now - moment < GOOD_FOR_SECONDS:
            return known
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                known = await self._accounts.client(account).assets()
        except (CloudFault, TimeoutError):
            known = None  # not every account may ask; the history still knows what was used
        self._known[account.name] = (now, known)
        if known is not None and known.places:
            # Those that were bought come on top of those that every account has.
            places = VIDEO_PLACES + known.places
            await self._ledger.read(lambda store: store.accounts.learn(account.name, places))
        return known


def used_minutes(records: Iterable[TaskRecord]) -> float:
    """Return the minutes of result that tasks have used: by their length, as far as they used minutes at all."""
    counted = [
        one for one in records if one.state in PAID and one.concurrency != ConcurrencyType.EXCLUSIVE.value
    ]
    return sum((one.duration or one.expected_seconds or 0.0) for one in counted if _counts(one)) / 60


def _counts(record: TaskRecord) -> bool:
    return record.state is not TaskState.UNCLEAR


def _is_exclusive(concurrency: ConcurrencyType | None, assets: ServiceAssets | None) -> bool | None:
    """Say which kind a take is: left blank it is Exclusive where a place was bought (API page, ConcurrencyType)."""
    if concurrency is not None:
        return concurrency is ConcurrencyType.EXCLUSIVE
    return None if assets is None or assets.places is None else assets.places > 0


def _places(exclusive: bool | None, assets: ServiceAssets | None, learned: int) -> int:
    bought = assets.places if assets is not None and assets.places else 0
    return bought if exclusive and bought else learned


def _month(moment: float) -> tuple[int, int]:
    day = time.localtime(moment)
    return day.tm_year, day.tm_mon
