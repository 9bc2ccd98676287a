"""Which service is spoken to, and as whom: the choice of this run, and the account of every earlier task.

To add a site that finds its address or key in a way of its own: 1. write a method as `_at_rehearsal`;
2. put it into `self._ways`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redub.cloud import sites
from redub.cloud.client import CloudClient
from redub.cloud.signing import Credentials
from redub.cloud.sites import SITES, Site
from redub.core.errors import UserError
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.services.choice import Choice
from redub.services.rehearsals import Rehearsal
from redub.store.secrets import Secrets
from redub.store.settings import Settings

CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Account:
    """One account at one service."""

    site: Site
    credentials: Credentials

    @property
    def name(self) -> str:
        """Return what queue, places and history keep this account by: `TaskRecord.account`."""
        return f"{self.site.name}|{self.credentials.appkey}"


class Accounts:
    """Finds accounts and keeps one client for each."""

    def __init__(self, choice: Choice, settings: Settings, secrets: Secrets, rehearsal: Rehearsal) -> None:
        self.choice = choice
        self._settings = settings
        self._secrets = secrets
        self._rehearsal = rehearsal
        self._clients: dict[Account, CloudClient] = {}
        self._retired: list[CloudClient] = []
        self._ways: dict[str, Callable[[str, str, str], Awaitable[Account]]] = {
            sites.REHEARSAL.name: self._at_rehearsal,
            CUSTOM: self._at_custom,
        }

    def use(self, choice: Choice, settings: Settings) -> None:
        """Choose another service for the takes that are made from now on."""
        self.choice, self._settings = choice, settings

    def follow(self, settings: Settings) -> None:
        """Use other settings from now on; clients that spoke through another network are not used any more."""
        before, self._settings = self._settings, settings
        if _network_of(before) != _network_of(settings):
            self._retired += self._clients.values()
            self._clients = {}

    def entered(self, site: str, appkey: str, accesstoken: str) -> Account | None:
        """Return the account of what was entered, "" for the accesstoken that is kept; None where it lacks one. Blocks.

        :raises UserError: the address of the service is none
        """
        if not accesstoken:
            kept: str | None = self._secrets.accesstoken(site, appkey)
            accesstoken = kept or (self.choice.accesstoken if appkey == self.choice.appkey else "")
        if not (appkey and accesstoken):
            return None
        where = SITES[site] if site in SITES else sites.custom(self._service_url())
        return Account(where, Credentials(appkey, accesstoken))

    @property
    def site_name(self) -> str:
        """Return the name of the chosen site, for its limits; nothing is started or asked."""
        return chosen_site(self.choice, self._settings)

    async def chosen(self) -> Account:
        """Return the account that takes are made with.

        :raises UserError: the account is not complete
        :raises EnvironmentFault: the rehearsal service cannot be started
        """
        appkey = self.choice.appkey or self._settings.appkey
        return await self._account(self.site_name, self._service_url(), appkey)

    async def of(self, record: TaskRecord) -> Account:
        """Return the account that a task was made with; the address of its service may have changed since."""
        moved = record.site == CUSTOM and self.choice.appkey == record.appkey and self.choice.service_url
        return await self._account(record.site, moved or record.base_url, record.appkey)

    def client(self, account: Account) -> CloudClient:
        """Return the client that speaks for `account`; it is kept until `aclose`."""
        if account not in self._clients:
            self._clients[account] = CloudClient(account.site.base_url, account.credentials)
        return self._clients[account]

    async def aclose(self) -> None:
        """Close all connections."""
        clients = [*self._clients.values(), *self._retired]
        self._clients, self._retired = {}, []
        for client in clients:
            await client.aclose()

    async def _account(self, site: str, base_url: str, appkey: str) -> Account:
        return await self._ways.get(site, self._at_known)(site, base_url, appkey)

    async def _at_rehearsal(self, _site: str, _base_url: str, _appkey: str) -> Account:
        """Start or find the rehearsal service: its address and its key are whatever it says now."""
        address = await self._rehearsal.ensure()
        key = Credentials(address.appkey, address.accesstoken)
        return Account(sites.rehearsal(address.base_url), key)

    async def _at_custom(self, _site: str, base_url: str, appkey: str) -> Account:
        return await self._with_key(sites.custom(base_url), appkey)

    async def _at_known(self, site: str, _base_url: str, appkey: str) -> Account:
        if site not in SITES:
            raise UserError(
                _("There is no service called “{site}”.").format(site=site),
                next_step=_("Choose one of: {names}.").format(names=", ".join(SITES)),
            )
        return await self._with_key(SITES[site], appkey)

    async def _with_key(self, site: Site, appkey: str) -> Account:
        if not appkey:
            raise _incomplete(
                _("The appkey for {title} is not known.").format(title=site.title), "REDUB_APPKEY"
            )
        token = self.choice.accesstoken if appkey == self.choice.appkey else ""
        if not token:
            kept: str | None = await asyncio.to_thread(self._secrets.accesstoken, site.name, appkey)
            token = kept or ""
        if not token:
            said = _("The accesstoken of the appkey {appkey} for {title} is not known.")
            raise _incomplete(said.format(appkey=appkey, title=site.title), "REDUB_ACCESSTOKEN")
        return Account(site, Credentials(appkey, token))

    def _service_url(self) -> str:
        return self.choice.service_url or (self._settings.service_url if self.site_name == CUSTOM else "")


def chosen_site(choice: Choice, settings: Settings) -> str:
    """Return the name of the site that `choice` and `settings` amount to."""
    if choice.service_url:
        return CUSTOM
    return choice.site or settings.site


def _incomplete(what: str, variable: str) -> UserError:
    return UserError(
        what,
        why=_("The service lets nobody in without both halves of the key."),
        next_step=_("Enter it in the settings, or put it into {variable}.").format(variable=variable),
    )


def _network_of(settings: Settings) -> tuple[object, ...]:
    return (settings.networking, settings.proxy, settings.ca_file)
