"""The settings dialog at work: what is changed in it counts at once, and the bucket is checked from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shiboken6 import isValid

from redub.core.errors import RedubError
from redub.i18n import _
from redub.ui.ask import ask
from redub.ui.notices import NoticeLevel
from redub.ui.theme import ThemeChoice
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.workbench import Workbench
    from redub.store.settings import Settings, Value
    from redub.ui.settings import SettingsDialog
    from redub.ui.verbs.service import ServiceActions


class SettingsActions:
    """Show and change the settings, and let the window follow them."""

    def __init__(self, tools: Tools, service: ServiceActions, judge: Callable[[], object]) -> None:
        self._tools = tools
        self._service = service
        self._judge = judge
        self._before: Settings | None = None

    def open(self, group: str = "") -> None:
        """Show the settings, at a group of them."""
        self._tools.start(self._open(group), "show the settings")

    def begin(self, bench: Workbench) -> None:
        """Follow the settings from now on."""
        self._before = bench.settings
        bench.preferences.changes.listen(self._follow)

    def _follow(self, settings: Settings) -> None:
        before, self._before = self._before, settings
        if before is None:
            return
        if settings.theme != before.theme:
            self._tools.theme.choose(ThemeChoice(settings.theme))
            self._judge()
        service = ("site", "service_url", "appkey", "networking", "proxy", "ca_file")
        if any(getattr(before, name) != getattr(settings, name) for name in service):
            self._tools.start(self._service.show_chosen(), "show the chosen service")

    async def _open(self, group: str) -> None:
        from redub.ui.settings import SettingsDialog  # many runs need none

        bench = await self._tools.bench
        dialog = SettingsDialog(self._tools.window, bench.settings)
        work = _DialogWork(self._tools, bench, dialog)
        dialog.changed.connect(work.change)
        dialog.account_wanted.connect(self._service.account)
        dialog.bucket.secret_entered.connect(work.keep_secret)
        dialog.bucket.check_wanted.connect(work.check)
        deaf = bench.preferences.changes.listen(work.show)
        if group:
            dialog.show_group(group)
        try:
            dialog.bucket.show_kept(await bench.storage.has_secret(bench.settings))
            await ask(dialog)
        finally:
            deaf()


class _DialogWork:
    """What one open dialog asks for."""

    def __init__(self, tools: Tools, bench: Workbench, dialog: SettingsDialog) -> None:
        self._tools = tools
        self._bench = bench
        self._dialog = dialog

    def show(self, settings: Settings) -> None:
        """Show settings that have changed elsewhere."""
        if isValid(self._dialog):
            self._dialog.show_settings(settings)

    def change(self, name: str, value: Value) -> None:
        """Keep another value."""
        self._tools.start(self._change(name, value), f"change {name}")

    def keep_secret(self, secret: str) -> None:
        """Keep the secret of the bucket."""
        self._tools.start(self._keep(secret), "keep the secret of the bucket")

    def check(self, secret: str) -> None:
        """Check the bucket."""
        self._dialog.bucket.begin_check()
        self._tools.start(self._check(secret), "check the bucket")

    async def _change(self, name: str, value: Value) -> None:
        try:
            await self._bench.preferences.change(**{name: value})
        except RedubError as error:
            if isValid(self._dialog):
                self._dialog.say(name, str(error))

    async def _keep(self, secret: str) -> None:
        warning = await self._bench.storage.save_secret(self._bench.settings, secret)
        if warning:
            self._tools.say(_("The secret was saved."), warning, NoticeLevel.WARNING, replace="bucket")
        if isValid(self._dialog):
            self._dialog.bucket.show_kept(True)

    async def _check(self, secret: str) -> None:
        try:
            async for step in self._bench.storage.check(self._bench.settings, secret):
                if not isValid(self._dialog):
                    return
                self._dialog.bucket.add_step(step)
        finally:
            if isValid(self._dialog):
                self._dialog.bucket.end_check()
