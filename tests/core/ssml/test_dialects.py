from __future__ import annotations

import pytest
from hypothesis import given

from core.ssml.examples import rubble
from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.dialects import translate
from redub.core.ssml.pasting import Arrival, look_at

AZURE = """<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis"
 xmlns:mstts="https://www.w3.org/2001/mstts" xml:lang="zh-CN">
  <voice name="zh-CN-XiaoxiaoNeural"><mstts:express-as style="cheerful">
    <p>欢迎来到<phoneme alphabet="sapi" ph="chong 2 qing 4">重庆</phoneme>。</p>
    <prosody rate="+10%">今天是<say-as interpret-as="date" format="ymd">2025-03-08</say-as>，
    请拨打<say-as interpret-as="telephone">0755-86013388</say-as><break time="750ms" />谢谢。</prosody>
  </mstts:express-as></voice>
</speak>"""
POLLY = (
    '<speak>Hello<amazon:effect name="whispered">, <emphasis level="strong">you</emphasis></amazon:effect>. '
    '<sub alias="mercury">Hg</sub> <w role="amazon:VB">read</w> <say-as interpret-as="spell-out">AWS</say-as>'
    '<break strength="none"/><break time="3s"/> <say-as interpret-as="ordinal">3</say-as></speak>'
)
GOOGLE = (
    '<speak><par><media xml:id="a"><speak>Step 1<break time="200ms"/> done</speak></media></par>'
    '<say-as interpret-as="verbatim">abc</say-as><audio src="https://x/y.mp3">a bell</audio></speak>'
)
ALIBABA = (
    '<speak bgm="http://x/a.wav" rate="200">去<phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>'
    '把这个玩意<w>典当</w>了<soundEvent src="http://x/b.wav"/><say-as interpret-as="name">单</say-as></speak>'
)
HUAWEI = (
    '<speak><emotion type="HAPPY">大家好</emotion><insert-action id="42"/><break time="0.5s"/>'
    '<phoneme ph="zhong4">重</phoneme>要</speak>'
)


def test_translate__azure() -> None:
    found = look_at(AZURE)

    assert (found.kind, found.dialect) == (Arrival.FOREIGN, "Azure")
    assert (
        '<phoneme alphabet="py" ph="chong2">重</phoneme><phoneme alphabet="py" ph="qing4">庆</phoneme>'
        in found.source
    )
    assert '<say-as interpret-as="date">2025-03-08</say-as>' in found.source
    assert '<break time="750ms"/>' in found.source
    assert [one.split(" ")[0] for one in found.lost] == ["voice", "mstts:express-as", "prosody"]
    assert all("under Voice" in one for one in found.lost)


def test_translate__polly() -> None:
    found = translate(POLLY)

    assert found is not None
    assert found.dialect == "Amazon Polly"
    assert (
        '<sub alias="mercury">Hg</sub> <word>read</word> <say-as interpret-as="characters">AWS</say-as>'
        in found.source
    )
    assert found.source.endswith('<break time="3s"/> 3')
    assert [one.split(" ")[0] for one in found.lost] == ["amazon:effect", "emphasis", "say-as"]


def test_translate__google() -> None:
    found = translate(GOOGLE)

    assert found is not None
    assert found.dialect == "Google"
    assert found.source == 'Step 1<break time="200ms"/> done<say-as interpret-as="characters">abc</say-as>'


def test_translate__alibaba() -> None:
    found = translate(ALIBABA)

    assert found is not None
    assert found.dialect == "Alibaba Cloud"
    assert '<phoneme alphabet="py" ph="dang4">当</phoneme>' in found.source
    assert "<word>典当</word>" in found.source
    assert "say-as name" in found.lost


def test_translate__huawei() -> None:
    found = translate(HUAWEI)

    assert found is not None
    assert found.dialect == "Huawei Cloud"
    assert found.source == '大家好<break time="500ms"/><phoneme alphabet="py" ph="zhong4">重</phoneme>要'
    assert len(found.lost) == 2


@pytest.mark.parametrize("text", ["a <b>bold</b> word", "no marks", "1 < 2 > 0"])
def test_translate__what_no_service_knows_is_no_dialect(text: str) -> None:
    assert translate(text) is None


@pytest.mark.parametrize("text", [AZURE, POLLY, GOOGLE, ALIBABA, HUAWEI])
def test_translate__is_valid(text: str) -> None:
    assert not [one for one in problems(look_at(text).source) if one.level is Level.ERROR]


@given(rubble)
def test_translate__anything_is_translated_or_left(text: str) -> None:
    found = translate(text)

    assert found is None or isinstance(found.source, str)
