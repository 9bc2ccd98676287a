from __future__ import annotations

import pytest

from redub.core.ssml import pinyin as syllables
from redub.core.ssml.polyphones import POLYPHONIC
from redub.services.readings import candidates, readings


@pytest.mark.parametrize(
    "text, sign, likely",
    [
        ("银行的门", "行", "hang2"),
        ("我行走", "行", "xing2"),
        ("他传说", "传", "chuan2"),
        ("他的自传", "传", "zhuan4"),
        ("重新开始", "重", "chong2"),
        ("很重要", "重", "zhong4"),
        ("绿色", "绿", "lv4"),
    ],
)
def test_candidates__the_context_decides_which_comes_first(text: str, sign: str, likely: str) -> None:
    at = text.index(sign)

    (found,) = candidates(text, at, at + 1)

    assert found[0] == likely
    assert len(set(found)) == len(found)
    assert all(syllables.has_tone(one) for one in found)


def test_candidates__of_what_is_not_chinese_are_none_and_places_stay() -> None:
    found = candidates("go去😀银行 now", 0, 10)

    assert [bool(one) for one in found] == [False, False, True, False, True, True, False, False, False, False]
    assert found[5][0] == "hang2"


async def test_readings__look_at_what_stands_around() -> None:
    text = "字" * 100 + "银行"

    assert (await readings(text, 101, 102))[0][0] == "hang2"


def test_polyphones__each_has_several_readings_and_stands_in_the_table_once() -> None:
    assert len(set(POLYPHONIC)) == len(POLYPHONIC)
    for sign in POLYPHONIC:
        assert len(candidates(sign, 0, 1)[0]) > 1, sign
