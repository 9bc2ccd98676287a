"""A script out of the program: as InputSsml, as plain text, or as subtitles from the times of its words."""

from __future__ import annotations

from enum import StrEnum

from redub.core.errors import UserError
from redub.core.shot import DriverType, Take
from redub.core.ssml.document import parse, spoken_text
from redub.i18n import _
from redub.media.subtitles import srt
from redub.services.listening import Listening, Utterance


class ScriptFormat(StrEnum):
    """What a script is written as; the values are the endings of the files."""

    SSML = "ssml"
    TEXT = "txt"
    SUBTITLES = "srt"


async def exported(take: Take, form: ScriptFormat, listening: Listening) -> str:
    """Return the content of the file.

    Subtitles need the times of the words: what was heard before is used; where hearing costs nothing it is done now.

    :raises UserError: there is no script, or it has to be heard first
    """
    if take.driver is not DriverType.TEXT or not take.script.strip():
        raise UserError(
            _("“{name}” has no script.").format(name=take.name),
            why=_("Only what is written can be saved."),
            next_step=_("Write what is to be said, or choose another take."),
        )
    if form is ScriptFormat.SSML:
        return take.script + "\n"
    if form is ScriptFormat.TEXT:
        return spoken_text(parse(take.script)).strip() + "\n"
    return await _subtitles(take, listening)


async def _subtitles(take: Take, listening: Listening) -> str:
    utterance = Utterance(ssml=take.script, speech=take.speech)
    heard = await listening.kept(utterance)
    if heard is None and listening.costs:
        raise UserError(
            _("The times of the words are not known yet."),
            why=_("They come with the sound, which the service makes and may charge for."),
            next_step=_("Choose Hear it first, then save the subtitles."),
        )
    if heard is None:
        heard = await listening.hear(utterance)
    return srt(heard.words, until=heard.duration)
