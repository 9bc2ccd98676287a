from __future__ import annotations

from dataclasses import replace

import pytest

from redub.core.shot import Letters, MakeType, Options, Selection, Shot, Source, Speech, StillInterval, Take
from redub.core.templates import as_template, from_template

TAKE = Take(
    id="a",
    name="Intro",
    script="Hello there.",
    speech=Speech(timbre_key="v1", speed=1.2),
    options=Options(new_teeth=True, ref_photo=Source(path="/me.png")),
)
SHOT = Shot(
    reference=Source(path="/clip.mp4"),
    selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=6.0),
    still_intervals=(StillInterval(2.0, 2.5),),
    letters=Letters(written=Source(path="/letter.pdf")),
    takes=(TAKE, replace(TAKE, id="b", name="Outro")),
)


def test_as_template__only_what_fits_any_clip() -> None:
    kept = as_template(SHOT)

    assert kept == Shot(takes=kept.takes)
    assert [(take.name, take.script, take.speech) for take in kept.takes] == [
        ("Intro", "Hello there.", TAKE.speech),
        ("Outro", "Hello there.", TAKE.speech),
    ]
    assert kept.takes[0].options == Options(new_teeth=True)


def test_from_template__a_shot_of_its_own() -> None:
    begun = from_template(as_template(SHOT), Source(path="/other.mp4"), ("x", "y"))

    assert begun.reference == Source(path="/other.mp4")
    assert [take.id for take in begun.takes] == ["x", "y"]
    with pytest.raises(ValueError, match="shorter"):
        from_template(as_template(SHOT), Source(path="/other.mp4"), ("x",))
