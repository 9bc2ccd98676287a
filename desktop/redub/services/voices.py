"""The voices of an account, asked for once and kept; and the voice that a new take begins with."""

from __future__ import annotations

import asyncio

from redub.core.errors import RedubError
from redub.core.samples import VOICE_EN, VOICE_ZH
from redub.core.shot import Speech
from redub.core.timbre import Timbre
from redub.services.accounts import Account, Accounts

FIRST_VOICES = {"rehearsal": {"zh": (VOICE_ZH, "zh-CN"), "en": (VOICE_EN, "en-US")}}
"""Voices that are always there, by site; an account's own are known only after asking."""


class Voices:
    """The voices that the service offers."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._known: dict[Account, tuple[Timbre, ...]] = {}
        self._latest: tuple[Timbre, ...] = ()
        self._lock = asyncio.Lock()

    @property
    def known(self) -> tuple[Timbre, ...]:
        """Return the voices that were listed last, without asking."""
        return self._latest

    async def all(self, *, renew: bool = False) -> tuple[Timbre, ...]:
        """Return the voices of the chosen account; errors as `Accounts.chosen` and the client raise them."""
        account = await self._accounts.chosen()
        async with self._lock:
            if renew or account not in self._known:
                self._known[account] = await self._accounts.client(account).timbres()
            self._latest = self._known[account]
            return self._latest

    async def if_known(self) -> tuple[Timbre, ...]:
        """Return the voices, or () when they cannot be asked for now: then no voice is called missing."""
        try:
            return await self.all()
        except RedubError:
            return ()


def first_speech(site: str, script: str, language: str | None) -> Speech:
    """Return the voice that a new take at `site` begins with, by the language or the signs of its script."""
    chinese = language.startswith("zh") if language else any("\u4e00" <= sign <= "\u9fff" for sign in script)
    key, tongue = FIRST_VOICES.get(site, {}).get("zh" if chinese else "en", ("", None))
    return Speech(timbre_key=key, language=language or tongue)
