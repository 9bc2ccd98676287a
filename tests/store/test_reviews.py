from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.core.review import Review, Sentence, Verdict
from redub.store import reviews


def judged() -> Review:
    return (
        Review((Sentence(0, 1, "One."), Sentence(1, 2, "二。"))).judge(0, Verdict.ACCEPTED).remark(1, "太快")
    )


def test_save__comes_back(tmp_path: Path) -> None:
    reviews.save(tmp_path / "reviews", "t1", judged())

    assert reviews.load(tmp_path / "reviews", "t1") == judged()
    assert reviews.tasks(tmp_path / "reviews") == ("t1",)


def test_load__without_a_file_is_an_empty_review(tmp_path: Path) -> None:
    assert reviews.load(tmp_path, "t1") == Review()
    assert reviews.tasks(tmp_path / "none") == ()


def test_save__a_review_that_says_nothing_leaves_no_file(tmp_path: Path) -> None:
    reviews.save(tmp_path, "t1", judged())
    reviews.save(tmp_path, "t1", Review((Sentence(0, 1, "One."),)))

    assert list(tmp_path.iterdir()) == []


def test_load__a_newer_or_foreign_file_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "t1.json"
    path.write_text('{"format": "redub-review", "version": 99}')
    with pytest.raises(UserError, match="newer"):
        reviews.load(tmp_path, "t1")
    path.write_text("[]")
    with pytest.raises(UserError, match="not a review"):
        reviews.load(tmp_path, "t1")
    assert path.read_text() == "[]"
