from __future__ import annotations

import pytest

from redub.rehearsal.markup import FaultyScriptError, check_markup


@pytest.mark.parametrize(
    "ssml",
    [
        "Plain words.",
        "Fish &amp; chips &lt;hot&gt; &quot;now&quot; &apos;here&apos;",
        '<speak><sub alias="语音合成">TTS</sub>很有用</speak>',
        '他是<phoneme alphabet="py" ph="chuan2">传</phoneme>说',
        '<phoneme alphabet="py" ph="chuan2 shuo1">传说</phoneme>',
        '<phoneme alphabet="py" ph="lü4">绿</phoneme>',
        'a<break time="1s"/>b',
        'a<break time="9s"/>b',
        'a<break time="50ms"/>b',
        'a<break time="9000ms"/>b',
        "a<break/>b",
        'a<break strength="x-strong"/>b',
        "我们去<word>南京市<insert-action/></word>看",
        '<sub alias="one">1<insert-action type="x"/></sub>',
        'call <say-as interpret-as="telephone">0755-86013388</say-as>',
    ],
)
def test_check_markup__right(ssml: str) -> None:
    check_markup(ssml)


@pytest.mark.parametrize(
    "ssml,trouble",
    [
        ("Fish & chips", "not well-formed"),
        ("a < b", "not well-formed"),
        ("<word>open", "not well-formed"),
        ("</word>", "not well-formed"),
        ("&nbsp;", "not well-formed"),
        ("<!DOCTYPE x [<!ENTITY e 'v'>]>&e;", "not well-formed"),
        ("</redub-rehearsal><redub-rehearsal>", "not well-formed"),
        ("<redub-rehearsal>x</redub-rehearsal>", "not a known mark"),
        ("<!-- quiet -->hello", "comment"),
        ("<![CDATA[a < b]]>", "CDATA"),
        ("<?php x ?>hello", "processing"),
        ("half \ud800 sign", "not well-formed"),
        ("<prosody rate='fast'>x</prosody>", "not a known mark"),
        ("<Break/>", "not a known mark"),
        ("a<break time='0s'/>", "1s to 9s"),
        ("a<break time='10s'/>", "1s to 9s"),
        ("a<break time='49ms'/>", "1s to 9s"),
        ("a<break time='9001ms'/>", "1s to 9s"),
        ("a<break time='1.5s'/>", "1s to 9s"),
        ("a<break time='500'/>", "1s to 9s"),
        ("a<break strength='loud'/>", "no strength"),
        ("a<break time='1s' strength='weak'/>", "not both"),
        ("a<break length='1s'/>", "no attribute length"),
        ("a<break>x</break>", "holds nothing"),
        ("a<break><word>x</word></break>", "may not stand inside"),
        ("<phoneme ph='chuan2'>传</phoneme>", "no alphabet"),
        ("<phoneme alphabet='py'>传</phoneme>", "no ph"),
        ("<phoneme alphabet='ipa' ph='chuan2'>传</phoneme>", "is py"),
        ("<phoneme alphabet='py' ph='chuan'>传</phoneme>", "no pinyin"),
        ("<phoneme alphabet='py' ph='chuan6'>传</phoneme>", "no pinyin"),
        ("<phoneme alphabet='py' ph='chuan2 shuo1'>传</phoneme>", "as many syllables"),
        ("<phoneme alphabet='py' ph='chuan2'></phoneme>", "as many syllables"),
        ("<phoneme alphabet='py' ph='chuan2'><word>传</word></phoneme>", "may not stand inside"),
        ("<word></word>", "is empty"),
        ("<word kind='x'>a</word>", "no attribute kind"),
        ("<word>南京city</word>", "all Chinese or all English"),
        ("<word>a<break/></word>", "may not stand inside"),
        ("<sub>TTS</sub>", "no alias"),
        ("<sub alias=' '>TTS</sub>", "is empty"),
        ("<say-as>12</say-as>", "no interpret-as"),
        ("<say-as interpret-as='name'>Li</say-as>", "knows no 'name'"),
        ("<say-as interpret-as='date'></say-as>", "is empty"),
        ("<insert-action>x</insert-action>", "holds nothing"),
        ("<speak>one</speak> two", "whole script"),
        ("zero <speak>one</speak>", "whole script"),
        ("<speak>one</speak><speak>two</speak>", "whole script"),
        ("<word><speak>one</speak></word>", "may not stand inside"),
        ("<speak><speak>one</speak></speak>", "may not stand inside"),
        ("<speak version='1.0'>one</speak>", "no attribute version"),
    ],
)
def test_check_markup__wrong(ssml: str, trouble: str) -> None:
    with pytest.raises(FaultyScriptError, match=trouble):
        check_markup(ssml)
