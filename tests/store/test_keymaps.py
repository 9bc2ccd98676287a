from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.store import keymaps


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "config" / "keys.json"
    keymaps.save({"mark.start": ("Ctrl+I", "ü"), "play.loop": ()}, path, title="Mine")

    assert keymaps.load(path) == {"mark.start": ("Ctrl+I", "ü"), "play.loop": ()}


def test_load__no_file(tmp_path: Path) -> None:
    assert keymaps.load(tmp_path / "keys.json") == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format":"redub-keys","version":1,"keys":{"a":"B"}}',
        '{"format":"redub-settings","version":1}',
    ],
)
def test_load__no_keys(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.json"
    path.write_text(text)

    with pytest.raises(UserError, match=r"mine\.json"):
        keymaps.load(path)


def test_carried__each_has_a_title_of_its_own() -> None:
    assert set(keymaps.carried()) >= {"LosslessCut", "Premiere"}
