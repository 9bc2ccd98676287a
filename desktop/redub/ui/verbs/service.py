"""The service that takes are sent to: choosing it, its account, its voices."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from redub.core.diagnosis import Step
from redub.core.errors import RedubError
from redub.i18n import _
from redub.ui.account import AccountDialog, Entry
from redub.ui.ask import ask
from redub.ui.notices import NoticeLevel
from redub.ui.simulating import SimulateDialog
from redub.ui.verbs.tools import Tools
from redub.ui.voice.choosing import age_words

if TYPE_CHECKING:
    from redub.services.workbench import Workbench

REHEARSAL = "rehearsal"


class ServiceActions:
    """Choose the service, enter the account, ask for voices."""

    def __init__(self, tools: Tools, titles: dict[str, str], changed: Callable[[], object]) -> None:
        self._tools = tools
        self._titles = titles
        self._changed = changed
        self._asked = 0
        self._simulated = ""

    def begin(self, bench: Workbench) -> None:
        """Show the service that this run was told to use, or that the settings name."""
        self._show(bench.accounts.site_name)

    def choose(self, site: str) -> None:
        """Send takes to the service `site` from now on."""
        self._tools.start(self._choose(site), f"choose the service {site}")

    def account(self) -> None:
        """Ask for the account at Tencent Cloud."""
        self._tools.start(self._enter_account(self._tools.site), "enter the account")

    def fetch_voices(self) -> None:
        """Ask the service for its voices again."""
        self._tools.start(self.fetch_voices_now(renew=True), "fetch the voices")

    def simulate(self) -> None:
        """Have the rehearsal service go wrong in a way that the person chooses."""
        self._tools.start(self._simulate(), "simulate")

    async def fetch_voices_now(self, *, renew: bool = False) -> None:
        """Ask for the voices and show them, or why they are not known."""
        self._asked += 1
        question = self._asked
        panel = self._tools.panels.voice
        panel.say_fetching("")
        bench = await self._tools.bench
        try:
            timbres = await bench.voices.all(renew=renew)
        except RedubError as error:
            if question == self._asked:
                self._say_unknown(bench, error)
            return
        if question == self._asked:
            panel.voices.show_age(age_words(time.time() - (bench.voices.asked or time.time())))
            panel.show_timbres(timbres)
            self._tools.editing.refresh()

    def _say_unknown(self, bench: Workbench, error: RedubError) -> None:
        """Say why the voices could not be asked for; those of an earlier list stay."""
        panel = self._tools.panels.voice
        if bench.voices.known:
            panel.show_timbres(bench.voices.known)
            self._tools.say(_("The voices could not be asked for again."), str(error), NoticeLevel.WARNING)
        else:
            panel.show_timbres(())
            panel.say_fetching(str(error))

    async def _choose(self, site: str) -> None:
        bench = await self._tools.bench
        known = await asyncio.to_thread(bench.known_accounts.latest, site)
        if known is not None and await _has_token(bench, site, known.appkey):
            await self._use(bench, site=site, appkey=known.appkey)
            return
        if (
            site != REHEARSAL
            and not await self._has_account(bench, site)
            and not await self._enter_account(site)
        ):
            self._changed()
            return
        await self._use(bench, site=site)

    async def _use(self, bench: Workbench, **changes: str) -> None:
        """Keep other settings of the service, and speak to it from now on."""
        bench.accounts.choice = replace(bench.accounts.choice, site="", service_url="")
        await bench.preferences.change(**changes)
        await self.show_chosen()

    async def show_chosen(self) -> None:
        """Show the service that is chosen now, and ask it for its voices."""
        bench = await self._tools.bench
        bench.voices.forget()
        self._show(bench.accounts.site_name)
        self._tools.panels.voice.show_timbres(())
        self._tools.editing.refresh()
        await self.fetch_voices_now()

    async def _simulate(self) -> None:
        bench = await self._tools.bench
        known = await bench.simulating.look()
        offered = tuple((one.name, one.title, one.sentence) for one in known.offered)
        dialog = SimulateDialog(self._tools.window, offered, known.chosen)
        if await ask(dialog) != QDialog.DialogCode.Accepted:
            return
        now = await bench.simulating.choose(dialog.chosen)
        self._simulated = now.title
        self._show(bench.accounts.site_name)
        said = _("Simulated from the next task on: {title}.").format(title=now.title)
        self._tools.say(said if now.title else _("Nothing is simulated any more."), replace="simulate")

    async def _has_account(self, bench: Workbench, site: str) -> bool:
        appkey = bench.settings.appkey or bench.accounts.choice.appkey
        if not appkey:
            return False
        if bench.accounts.choice.accesstoken and bench.accounts.choice.appkey == appkey:
            return True
        return await _has_token(bench, site, appkey)

    async def _enter_account(self, site: str) -> bool:
        bench = await self._tools.bench
        known = bench.settings.appkey
        paid = {name: title for name, title in self._titles.items() if name != REHEARSAL}
        used = await asyncio.to_thread(bench.known_accounts.all)
        pairs = tuple((one.site, one.appkey) for one in used)
        dialog = AccountDialog(self._tools.window, Entry(site, known), paid, pairs)
        testing = AccountTest(self._tools, bench, dialog)
        dialog.test_wanted.connect(testing.start)
        entered = await ask(dialog) == QDialog.DialogCode.Accepted
        return entered and await self._keep(bench, dialog.entry)

    async def _keep(self, bench: Workbench, entry: Entry) -> bool:
        if entry.accesstoken:
            warning = await asyncio.to_thread(
                bench.secrets.save_accesstoken, entry.site, entry.appkey, entry.accesstoken
            )
            if warning:
                self._tools.say(
                    _("The accesstoken was saved."), warning, NoticeLevel.WARNING, replace="account"
                )
        await asyncio.to_thread(bench.known_accounts.remember, entry.site, entry.appkey)
        await self._use(bench, site=entry.site, appkey=entry.appkey)
        return True

    def _show(self, site: str) -> None:
        self._tools.site = site
        title = self._titles.get(site, site)
        if site == REHEARSAL and self._simulated:
            title = f"{title} · {self._simulated}"
        self._tools.window.header.show_service(site, title)
        self._changed()


async def _has_token(bench: Workbench, site: str, appkey: str) -> bool:
    """Say whether the secret half of an account is kept."""
    kept: str | None = await asyncio.to_thread(bench.secrets.accesstoken, site, appkey)
    return bool(kept)


class AccountTest:
    """Tests what stands in an account dialog, and shows each step in it."""

    def __init__(self, tools: Tools, bench: Workbench, dialog: AccountDialog) -> None:
        self._tools = tools
        self._bench = bench
        self._dialog = dialog

    def start(self, entry: Entry) -> None:
        """Test the account of `entry`."""
        self._dialog.begin_test()
        self._tools.start(self._test(entry), "test the account")

    async def _test(self, entry: Entry) -> None:
        from redub.services.accountcheck import (
            check_account,  # comes with the workbench, which is open by now
        )

        accounts = self._bench.accounts
        try:
            account = await asyncio.to_thread(accounts.entered, entry.site, entry.appkey, entry.accesstoken)
            if account is None:
                said, todo = _("The accesstoken is missing."), _("Enter it above.")
                self._dialog.add_step(Step(_("Key"), False, said, todo))
                return
            async for step in check_account(account.site, account.credentials):
                if not isValid(self._dialog):
                    return
                self._dialog.add_step(step)
        finally:
            if isValid(self._dialog):
                self._dialog.end_test()
