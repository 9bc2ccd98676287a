"""Many takes of one shot, checked together and counted together before any of them is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redub.core.checkedtakes import CheckedTake
from redub.core.errors import RedubError
from redub.core.shot import ConcurrencyType, Shot, Take
from redub.i18n import _, ngettext
from redub.services.accounts import Accounts
from redub.services.deriving import Deriver
from redub.services.editing import ShotView
from redub.services.preflight import Preflight
from redub.services.quota import Quota, QuotaView
from redub.services.voices import Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTotal:
    """What many takes are together.

    :ivar seconds: of all results whose length is known; `unknown` counts the others
    :ivar quotas: what the account has, for each way in which they use it; empty where it costs nothing
    """

    count: int = 0
    seconds: float = 0.0
    unknown: int = 0
    quotas: tuple[QuotaView, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what they use and what is left, one thing a line."""
        if not self.quotas:
            return ()
        said = [self._use(), self._left()]
        if self.unknown:
            said.append(
                ngettext(
                    "The length of {n} take is not known.",
                    "The length of {n} takes is not known.",
                    self.unknown,
                ).format(n=self.unknown)
            )
        return tuple(sentence for sentence in said if sentence)

    def _use(self) -> str:
        minutes = sum(quota.minutes or 0.0 for quota in self.quotas)
        parts = []
        if minutes:
            parts.append(_("Together they will use about {minutes:.1f} minutes.").format(minutes=minutes))
        if any(quota.is_exclusive for quota in self.quotas):
            parts.append(_("Some use a place of your own for as long as they are made."))
        return " ".join(parts)

    def _left(self) -> str:
        quota = self.quotas[0]
        free = max(0, quota.places - quota.taken)
        places = ngettext("{n} place is free", "{n} places are free", free).format(n=free)
        waiting = max(0, self.count - free)
        rest = ngettext("{n} take waits in the queue", "{n} takes wait in the queue", waiting).format(
            n=waiting
        )
        parts = [f"{places}; {rest}." if waiting else f"{places}."]
        left = next((one.minutes_left for one in self.quotas if one.minutes_left is not None), None)
        if left is not None:
            parts.insert(0, _("The account has {minutes:.0f} minutes left.").format(minutes=left))
        return " ".join(parts)

    @property
    def is_too_much(self) -> bool:
        """Say whether the account has fewer minutes than they will use."""
        left = next((one.minutes_left for one in self.quotas if one.minutes_left is not None), None)
        return left is not None and sum(one.minutes or 0.0 for one in self.quotas) > left


class TakesBatch:
    """Checks and counts takes; sends none."""

    def __init__(
        self, *, preflight: Preflight, deriver: Deriver, voices: Voices, accounts: Accounts, quota: Quota
    ) -> None:
        self._preflight, self._deriver = preflight, deriver
        self._voices, self._accounts, self._quota = voices, accounts, quota

    async def check(self, shot: Shot) -> tuple[CheckedTake, ...]:
        """Look into the media of every take of `shot` and say what is so, in their order."""
        return tuple([await self._check(shot, take) for take in shot.takes])

    async def total(self, shot_name: str, chosen: Sequence[CheckedTake], *, is_free: bool) -> BatchTotal:
        """Count `chosen` together.

        :param is_free: nothing is paid for, so that no account is asked
        """
        known = [one.seconds for one in chosen if one.seconds is not None]
        quotas = () if is_free or not chosen else await self._quotas(shot_name, chosen)
        return BatchTotal(
            count=len(chosen), seconds=sum(known), unknown=len(chosen) - len(known), quotas=quotas
        )

    async def _check(self, shot: Shot, take: Take) -> CheckedTake:
        await self._preflight.look(shot, take, self._voices.known, self._accounts.site_name)
        view = self._deriver.derive(ShotView(shot=shot, take_id=take.id))
        return CheckedTake(
            take=take,
            findings=view.findings,
            seconds=view.plan.duration if view.plan else view.speech_seconds,
            is_guess=not view.speech_is_real,
        )

    async def _quotas(self, shot_name: str, chosen: Iterable[CheckedTake]) -> tuple[QuotaView, ...]:
        """Ask what the account has, once for each kind of place; () where it cannot be said."""
        seconds: dict[ConcurrencyType | None, float] = {}
        for one in chosen:
            kind = one.take.options.concurrency
            seconds[kind] = seconds.get(kind, 0.0) + (one.seconds or 0.0)
        try:
            return tuple(
                [
                    await self._quota.view(shot=shot_name, concurrency=kind, seconds=many)
                    for kind, many in seconds.items()
                ]
            )
        except RedubError:
            return ()  # what is wrong with the account is said when the first take is sent
