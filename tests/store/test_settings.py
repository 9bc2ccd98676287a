from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.store import settingsfile as settings_module
from redub.store.jsonfiles import Format
from redub.store.settings import DECLARED, Declaration, Settings
from redub.store.settingsfile import changed, load, save


def a_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(text)
    return path


def with_values(values: str) -> str:
    return f'{{"format": "redub-settings", "version": 1, "values": {values}}}'


def test_load__no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == Settings()


def test_save_and_load__only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    settings = Settings(site="china", appkey="key", rehearsal_mark=False, poll_first_seconds=2.5)

    save(settings, path)

    assert load(path) == settings
    assert "theme" not in path.read_text()
    assert "memory" not in path.read_text()


@pytest.mark.parametrize("declared", DECLARED.values(), ids=lambda declared: declared.name)
def test_declared__is_consistent(declared: Declaration) -> None:
    assert type(declared.default) is declared.kind
    assert declared.fault_of(declared.default) == ""
    assert declared.sentence.endswith(".")


@pytest.mark.parametrize(
    "values,words",
    [
        ('{"sit": "china"}', r"\$\.values\.sit: there is no such setting \(did you mean “site”\?\)"),
        ('{"zzzz": 1}', r"\$\.values\.zzzz: there is no such setting\."),
        ('{"site": "mars"}', r"\$\.values\.site: it must be one of international, china"),
        ('{"rehearsal_mark": 1}', "it must be true or false"),
        ('{"memory_budget_mib": "512"}', "it must be a whole number"),
        ('{"memory_budget_mib": 512.5}', "it must be a whole number"),
        ('{"memory_budget_mib": true}', "it must be a whole number"),
        ('{"memory_budget_mib": 1}', "it must lie between 64 and 65536"),
        ('{"poll_first_seconds": 0}', "it must lie between"),
        ('{"appkey": null}', "it must be a text"),
    ],
)
def test_load__names_the_setting(tmp_path: Path, values: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        load(a_file(tmp_path, with_values(values)))


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"format": "redub-shot", "version": 1}'])
def test_load__what_are_no_settings(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="is not the settings of Redub"):
        load(a_file(tmp_path, text))


def test_load__newer_version(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="newer version"):
        load(a_file(tmp_path, '{"format": "redub-settings", "version": 9, "values": {}}'))


def test_load__whole_number_for_a_number(tmp_path: Path) -> None:
    settings = load(a_file(tmp_path, with_values('{"poll_first_seconds": 3}')))

    assert settings.poll_first_seconds == 3.0
    assert type(settings.poll_first_seconds) is float


def test_load__older_version_is_migrated_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = with_values('{"mark": false}')
    path = a_file(tmp_path, old)
    migrations = {1: lambda raw: raw | {"values": {"rehearsal_mark": raw["values"]["mark"]}}}
    monkeypatch.setattr(settings_module, "VERSION", 2)
    monkeypatch.setattr(
        settings_module,
        "FORMAT",
        Format(name="redub-settings", noun="the settings of Redub", version=2, migrations=migrations),
    )

    settings = load(path)
    save(settings, path)

    assert not settings.rehearsal_mark
    assert load(path) == settings
    assert (tmp_path / "settings.v1.json").read_text() == old


def test_changed() -> None:
    assert changed(Settings(), "theme", "dark").theme == "dark"
    with pytest.raises(UserError, match="did you mean “theme”"):
        changed(Settings(), "them", "dark")
