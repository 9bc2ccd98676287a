from __future__ import annotations

from dataclasses import replace

from redub.core.checkedtakes import CheckedTake, said_of_all, without
from redub.core.findings import Finding, Level
from redub.core.shot import Take


def test_said_of_all__what_is_about_the_clip_is_said_once() -> None:
    of_clip = Finding(level=Level.INFO, code="clip", field="RefVideoUrl", message="The clip is short.")
    empty = Finding(level=Level.ERROR, code="empty", field="InputSsml", message="It is empty.", take_id="b")
    quiet = replace(empty, level=Level.WARNING, code="quiet", message="It is quiet.")
    first = CheckedTake(take=Take(id="a", name="A"), findings=(replace(of_clip, take_id="a"),))
    second = CheckedTake(take=Take(id="b", name="B"), findings=(quiet, replace(of_clip, take_id="b"), empty))

    of_all = said_of_all((first, second))

    assert [finding.message for finding in of_all] == ["The clip is short."]
    assert without(first, of_all) == ()
    assert without(second, of_all) == (empty, quiet)
    assert said_of_all((first,)) == ()
