from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.core.ssml.presets import Preset, with_preset, without_preset
from redub.store import presets

LONG = Preset("Long pause", "break", (("time", "2s"),))
NAME = Preset("我们", "sub", (("alias", 'a "b" & <c>'),))


def test_presets__come_back_as_they_were_saved(tmp_path: Path) -> None:
    file = tmp_path / "config" / presets.FILE_NAME
    assert presets.load(file) == ()

    presets.save((LONG, NAME), file)

    assert presets.load(file) == (LONG, NAME)
    assert [path.name for path in file.parent.iterdir()] == [presets.FILE_NAME]


def test_presets__a_foreign_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / presets.FILE_NAME
    file.write_text('{"format": "something"}', "utf-8")

    with pytest.raises(UserError):
        presets.load(file)


def test_with_preset__takes_the_place_of_the_one_of_the_same_name() -> None:
    other = Preset(" Long pause ", "break", (("time", "3s"),))

    assert with_preset((LONG, NAME), other) == (NAME, Preset("Long pause", "break", (("time", "3s"),)))
    assert without_preset((LONG, NAME), "Long pause") == (NAME,)


@pytest.mark.parametrize("wrong", [Preset(" ", "break"), Preset("x", "unknown")])
def test_with_preset__refuses_what_cannot_be_found_again(wrong: Preset) -> None:
    with pytest.raises(UserError):
        with_preset((), wrong)
