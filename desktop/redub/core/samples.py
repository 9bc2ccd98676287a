"""What the sample shot says, so that the first start has something worth hearing."""

from __future__ import annotations

from redub.core.shot import Options, Selection, Shot, Source, Speech, StillInterval, Take

VOICE_EN, VOICE_ZH = "rehearsal_en_f1", "rehearsal_zh_f1"

SCRIPT_EN = (
    'Hello, and welcome to Redub<break time="400ms"/>. This clip was drawn by the program, '
    "and these words were written after it was filmed. Pick the part of the clip that you like, "
    'mark where my lips must rest<break time="300ms"/>, and give me something new to say.'
)
SCRIPT_ZH = (
    '大家好，欢迎使用 Redub<break time="400ms"/>。这段画面是程序自己画出来的，'
    '台词是拍完以后才写的。<phoneme alphabet="py" ph="chong2">重</phoneme>新写一句话，我就替您说出来。'
)


def sample_shot(clip: str) -> Shot:
    """Return the shot of the first start over the drawn presenter at `clip` (an absolute path)."""
    return Shot(
        reference=Source(path=clip),
        selection=Selection(),
        still_intervals=(StillInterval(6.0, 6.8),),
        takes=(
            Take(id="sample-en", name="Welcome", script=SCRIPT_EN, speech=_voice(VOICE_EN, "en-US")),
            Take(id="sample-zh", name="欢迎", script=SCRIPT_ZH, speech=_voice(VOICE_ZH, "zh-CN")),
        ),
    )


def first_words(clip: str, take_id: str) -> Shot:
    """Return a shot over a creator's own clip with one take that already says something."""
    words = "Hello. These are new words for this clip, spoken here on this machine before anything is sent."
    take = Take(id=take_id, name="Take 1", script=words, speech=_voice(VOICE_EN, "en-US"), options=Options())
    return Shot(reference=Source(path=clip), takes=(take,))


def _voice(key: str, language: str) -> Speech:
    return Speech(timbre_key=key, language=language)
