"""The voices of an account: asked for once, kept on disk with their age; and the voice that a new take begins with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from redub.cloud.sites import is_loopback
from redub.core.errors import CloudFault, RedubError
from redub.core.samples import VOICE_EN, VOICE_ZH
from redub.core.shot import Speech
from redub.core.timbre import Timbre, dated
from redub.services.accounts import Account, Accounts
from redub.store.voicelist import VoiceList, VoiceListFolder

FIRST_VOICES = {"rehearsal": {"zh": (VOICE_ZH, "zh-CN"), "en": (VOICE_EN, "en-US")}}
"""Voices that are always there, by site; an account's own are known only after asking."""

FOLDER = "voices"
"""Where lists lie, in the folder for what can be made again."""

FRESH_SECONDS = 24 * 3600
"""For how long a list is used without asking again."""


class Voices:
    """The voices that the service offers."""

    def __init__(self, accounts: Accounts, cache: Path, clock: Callable[[], float] = time.time) -> None:
        """Keep the lists under `cache`; `clock` counts Unix seconds."""
        self._accounts, self._clock = accounts, clock
        self._folder = VoiceListFolder(cache / FOLDER)
        self._known: dict[Account, VoiceList] = {}
        self._latest: VoiceList | None = None
        self._timbres: tuple[Timbre, ...] = ()
        self._lock = asyncio.Lock()

    @property
    def known(self) -> tuple[Timbre, ...]:
        """Return the voices that were listed last, without asking."""
        return self._timbres

    @property
    def asked(self) -> float | None:
        """Return when the service listed the voices that are known (Unix seconds), None when none are."""
        return None if self._latest is None else self._latest.asked

    def forget(self) -> None:
        """Call no voice known until the chosen service was asked."""
        self._latest, self._timbres = None, ()

    async def all(self, *, renew: bool = False) -> tuple[Timbre, ...]:
        """Return the voices of the chosen account; errors as `Accounts.chosen` and the client raise them.

        A list of the last day is used without asking. An older one is used when the service cannot be reached:
        `asked` says how old it is.
        """
        account = await self._accounts.chosen()
        async with self._lock:
            if renew or account not in self._known:
                self._known[account] = await self._listed(account, renew)
            self._latest = self._known[account]
            self._timbres = self._dated(self._latest.timbres)
            return self._timbres

    async def if_known(self) -> tuple[Timbre, ...]:
        """Return the voices, or () when they cannot be asked for now: then no voice is called missing."""
        try:
            return await self.all()
        except RedubError:
            return ()

    async def _listed(self, account: Account, renew: bool) -> VoiceList:
        address = account.site.base_url, account.credentials.appkey
        # A service on this machine is asked in a moment, and its addresses are others at every start.
        keeps = not is_loopback(account.site.base_url)
        kept = await asyncio.to_thread(self._folder.load, *address) if keeps else None
        if kept is not None and not renew and 0 <= self._clock() - kept.asked < FRESH_SECONDS:
            return kept
        try:
            timbres = await self._accounts.client(account).timbres()
        except CloudFault:
            if kept is None or renew:
                raise
            return kept
        listed = VoiceList(asked=self._clock(), timbres=timbres)
        if keeps:
            await asyncio.to_thread(self._folder.try_to_save, *address, listed)
        return listed

    def _dated(self, timbres: tuple[Timbre, ...]) -> tuple[Timbre, ...]:
        now = datetime.fromtimestamp(self._clock())
        return tuple(dated(timbre, now) for timbre in timbres)


def first_speech(site: str, script: str, language: str | None) -> Speech:
    """Return the voice that a new take at `site` begins with, by the language or the signs of its script."""
    chinese = language.startswith("zh") if language else any("\u4e00" <= sign <= "\u9fff" for sign in script)
    key, tongue = FIRST_VOICES.get(site, {}).get("zh" if chinese else "en", ("", None))
    return Speech(timbre_key=key, language=language or tongue)
