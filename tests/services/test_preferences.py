from __future__ import annotations

from pathlib import Path

import pytest

from redub.cloud import connections
from redub.core.errors import EnvironmentFault, UserError
from redub.services.choice import NO_NETWORK
from redub.services.preferences import Preferences
from redub.services.speaking import speak_by
from redub.store import settingsfile as settings_file
from redub.store.settings import Settings


async def test_change__is_on_disk_before_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    preferences = Preferences(path, Settings())
    told: list[tuple[Settings, Settings]] = []
    preferences.changes.listen(lambda new: told.append((new, settings_file.load(path))))

    await preferences.change(theme="dark", link_hours=24)
    await preferences.change(theme="dark")

    assert preferences.settings == Settings(theme="dark", link_hours=24)
    assert told == [(preferences.settings, preferences.settings)]


async def test_change__keeps_what_another_copy_of_the_program_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    one, other = Preferences(path, Settings()), Preferences(path, Settings())
    await one.change(theme="dark")
    await other.change(link_hours=24)

    assert settings_file.load(path) == other.settings == Settings(theme="dark", link_hours=24)
    path.write_text("{nonsense")
    assert await other.change(link_hours=48) == Settings(theme="dark", link_hours=48)
    assert settings_file.load(path).link_hours == 48


async def test_change__a_value_that_is_not_allowed_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    preferences = Preferences(path, Settings())

    with pytest.raises(UserError, match="between 1 and 168"):
        await preferences.change(theme="dark", link_hours=500)

    assert preferences.settings == Settings()
    assert not path.exists()


async def test_speak_by__without_the_network_only_this_computer_is_spoken_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for settings, variable in ((Settings(networking=False), ""), (Settings(), "1")):
        monkeypatch.setenv(NO_NETWORK, variable)
        speak_by(settings)
        try:
            with pytest.raises(EnvironmentFault, match="switched off"):
                connections.open_client("https://gw-sg.tvs.qq.com")
            await connections.open_client("http://127.0.0.1:9").aclose()
        finally:
            connections.use_network(connections.Network())


async def test_speak_by__proxy_and_certificates_are_used(tmp_path: Path) -> None:
    wrong = tmp_path / "ca.pem"
    wrong.write_text("no certificate")
    speak_by(Settings(ca_file=str(wrong)))
    try:
        with pytest.raises(EnvironmentFault, match="certificates cannot be used"):
            connections.open_client("https://a.example")
        speak_by(Settings(proxy="http://127.0.0.1:1"))
        async with connections.open_client("http://a.example") as client:
            with pytest.raises(Exception, match="All connection attempts failed"):
                await client.get("http://a.example")
    finally:
        connections.use_network(connections.Network())
