"""Scripts out of files and back: pauses out of subtitles, tables, and what is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.batch import Coming
from redub.core.errors import UserError
from redub.core.history import History
from redub.core.shot import DriverType, Shot, Source, Speech, Take
from redub.core.ssml.document import whole_count
from redub.media.subtitles import parse_srt
from redub.services.choice import Choice
from redub.services.exporting import ScriptFormat, exported
from redub.services.importing import adding, read, read_script, split_takes, takes_of
from redub.services.listening import Utterance
from redub.services.workbench import Workbench
from services.stand import at, fake_service, opened
from services.test_listening import HELLO, spoken

SRT = """1
00:00:01,000 --> 00:00:02,500
Hello <i>there</i>.

2
00:00:03,250 --> 00:00:04,000
{\\an8}R&D,
again.

3
00:00:04,020 --> 00:00:05,000
Bye
"""
VTT = """WEBVTT - a title

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start
<c.yellow>One</c>

NOTE not to be read

00:04.000 --> 00:05.000
Two
"""


def test_read__times_of_subtitles_become_pauses(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT, "utf-8")

    assert read_script(tmp_path / "a.srt") == 'Hello there<break time="800ms"/>. R&amp;D, again. Bye'


def test_read__vtt_without_its_notes(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(VTT, "utf-8")

    assert read_script(tmp_path / "a.vtt") == 'One<break time="2000ms"/> Two'


def test_read__chinese_subtitles_are_not_set_apart(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n大家好。\n\n2\n00:00:02,000 --> 00:00:03,000\n再见。\n"
    (tmp_path / "a.srt").write_bytes(text.encode("gb18030"))

    assert read_script(tmp_path / "a.srt") == "大家好。再见。"


def test_read__longer_gaps_than_the_service_takes(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("00:01.000 --> 00:02.000\na\n\n01:00.000 --> 01:01.000\nb", "utf-8")

    assert read_script(tmp_path / "a.srt") == 'a<break time="9000ms"/> b'


@pytest.mark.parametrize(
    "text, ssml",
    [
        ("One & two\nthree", "One &amp; two three"),
        ('Hello <break time="1s"/>\nR&D', 'Hello <break time="1s"/> R&amp;D'),
        ("a < b", "a &lt; b"),
    ],
)
def test_read__texts_plain_or_with_marks(tmp_path: Path, text: str, ssml: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")

    assert read_script(tmp_path / "a.txt") == ssml


def test_read__line_breaks_as_the_person_chose(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.\nTwo.", "utf-8")

    assert read(tmp_path / "a.txt").script("500ms") == 'One<break time="500ms"/>. Two.'


def test_read__subtitles_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("Just a text.", "utf-8")

    with pytest.raises(UserError, match="not a subtitle file"):
        read(tmp_path / "a.srt")


def test_read_script__a_table_is_no_script(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,text\nA,Hello\n", "utf-8")

    assert read(tmp_path / "a.csv").is_table
    with pytest.raises(UserError, match="table of many scripts"):
        read_script(tmp_path / "a.csv")


def test_adding__many_takes_are_one_step() -> None:
    like = Take(id="", name="n", script="Hello")
    edit = adding([like] * 5000)
    history = History.beginning_with(Shot()).push(edit.label, edit.change(Shot()))

    assert len({take.id for take in history.state.takes}) == 5000
    assert history.undo_label == "Import 5000 takes"
    assert history.undo().state == Shot()


def test_takes_of__leaves_out_what_says_nothing() -> None:
    one = Take(id="", name="n", script="Hello")
    found = (Coming(row=1, take=one), Coming(row=2, take=one, trouble="x", left_out=True))

    assert takes_of(found) == (one,)


def test_split_takes__at_sentences_and_numbered() -> None:
    script = "This is one sentence of many. " * 120
    like = Take(
        id="x",
        name="L",
        driver=DriverType.ORIGINAL_VOICE,
        recording=Source(path="/a"),
        speech=Speech(speed=1.2),
    )
    takes = split_takes("Long", script, like, 2000)

    assert [take.name for take in takes] == ["Long 1", "Long 2"]
    assert all(whole_count(take.script) <= 2000 and take.script.endswith(".") for take in takes)
    assert {(take.driver, take.recording, take.speech.speed) for take in takes} == {
        (DriverType.TEXT, None, 1.2)
    }


async def test_exported__ssml_text_and_subtitles(tmp_path: Path) -> None:
    script = 'Hello <sub alias="World Wide Web">WWW</sub><break time="1s"/>. R&amp;D is here.'
    take = Take(id="a", name="A", script=script, speech=Speech(timbre_key="rehearsal_en_f1"))
    bench = await Workbench.open(at(tmp_path), Choice(site="rehearsal"))
    try:
        assert await exported(take, ScriptFormat.SSML, bench.listening) == script + "\n"
        assert (
            await exported(take, ScriptFormat.TEXT, bench.listening) == "Hello World Wide Web. R&D is here.\n"
        )
        cues = parse_srt(await exported(take, ScriptFormat.SUBTITLES, bench.listening))
    finally:
        await bench.aclose()

    assert " ".join(cue.text.replace("\n", " ") for cue in cues) == "Hello World Wide Web. R&D is here."
    assert cues[0].start < 0.5


async def test_exported__subtitles_of_a_paid_voice_need_its_sound(tmp_path: Path) -> None:
    take = Take(id="a", name="A", script=HELLO.ssml, speech=HELLO.speech)
    async with fake_service() as service, opened(service, tmp_path) as bench:
        with pytest.raises(UserError, match="not known yet"):
            await exported(take, ScriptFormat.SUBTITLES, bench.listening)
        assert service.scripts == []
        spoken(service)
        await bench.listening.hear(Utterance(ssml=HELLO.ssml, speech=HELLO.speech))
        text = await exported(take, ScriptFormat.SUBTITLES, bench.listening)

    assert [cue.text for cue in parse_srt(text)] == ["Hello there, friend."]


@pytest.mark.parametrize(
    "take", [Take(id="a", name="A"), Take(id="a", name="A", driver=DriverType.ORIGINAL_VOICE)]
)
async def test_exported__without_a_script(tmp_path: Path, take: Take) -> None:
    bench = await Workbench.open(at(tmp_path), Choice(site="rehearsal"))
    try:
        with pytest.raises(UserError, match="has no script"):
            await exported(take, ScriptFormat.TEXT, bench.listening)
    finally:
        await bench.aclose()
