"""A long script is split where sentences end, never inside a mark, and loses nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redub.core.ssml.splitting import split_script


def test_split__short_script__stays_one() -> None:
    assert split_script("Hello there.", 100) == ("Hello there.",)


def test_split__sentences__stay_whole() -> None:
    assert split_script("One is here. Two is there. Three.", 28) == ("One is here. Two is there.", "Three.")


def test_split__chinese__has_no_blanks() -> None:
    assert split_script("你好吗？我很好。今天天气不错。", 10) == ("你好吗？我很好。", "今天天气不错。")


def test_split__mark__is_never_cut() -> None:
    script = 'Say <sub alias="one. two. three. four">X. Y. Z.</sub> now. And <break time="500ms"/> more.'

    for most in range(5, 90):
        pieces = split_script(script, most)
        assert all(piece.count("<sub") == piece.count("</sub") for piece in pieces)
        assert all(piece.count("<") == piece.count(">") for piece in pieces)


def test_split__coded_signs__stay_whole() -> None:
    for most in range(3, 30):
        assert all(
            "&amp;" in piece or "&" not in piece
            for piece in split_script("this &amp; that &amp; those", most)
        )


def test_split__signs_outside_the_basic_plane__count_twice() -> None:
    assert all(len(piece.encode("utf-16-le")) <= 20 for piece in split_script("😀" * 37, 10))


@given(st.text("abc 。.,!<>/&;你", max_size=200), st.integers(1, 50))
def test_split__loses_nothing_but_blanks(script: str, most: int) -> None:
    assert "".join("".join(split_script(script, most)).split()) == "".join(script.split())
