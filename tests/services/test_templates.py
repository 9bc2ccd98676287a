from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault, UserError
from redub.services.templates import Templates
from services.stand import at, spoken_over


async def test_templates__keep_begin_remove(tmp_path: Path) -> None:
    templates, shot = Templates(at(tmp_path / "home")), spoken_over(tmp_path / "clip.mp4").shot
    assert await templates.names() == ()

    assert await templates.keep(shot, "News: week 1") == "News week 1"
    await templates.keep(shot, "ads")
    assert await templates.names() == ("ads", "News week 1")

    first, second = [await templates.begin("News: week 1", tmp_path / "b.mp4") for _n in range(2)]
    assert first.reference is not None
    assert first.reference.path == str(tmp_path / "b.mp4")
    assert [take.script for take in first.takes] == [take.script for take in shot.takes]
    ids = {take.id for one in (shot, first, second) for take in one.takes}
    assert len(ids) == 3 * len(shot.takes)

    await templates.remove("ads")
    assert await templates.names() == ("News week 1",)


async def test_templates__what_cannot_be_a_name_is_said(tmp_path: Path) -> None:
    templates = Templates(at(tmp_path))

    with pytest.raises(UserError, match="needs a name"):
        await templates.keep(spoken_over(tmp_path / "clip.mp4").shot, " / ")
    with pytest.raises(EnvironmentFault, match="gone"):
        await templates.begin("gone", tmp_path / "clip.mp4")
