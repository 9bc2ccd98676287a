"""Checks of one take: what is said, by whom, and with which options."""

from __future__ import annotations

from collections.abc import Iterator

from redub.core.checks.knowledge import Knowledge
from redub.core.findings import Finding, Level, Remedy
from redub.core.limits import SiteLimits
from redub.core.saying import beyond, error, info, warning
from redub.core.shot import DriverType, MakeType, Options, Selection, Speech, Take, VideoLoop
from redub.core.ssml import check as ssml_check
from redub.core.ssml.document import spoken_count, whole_count
from redub.core.timbre import SOON, Timbre, takes_volume

_SCRIPT, _TIMBRE = "InputSsml", "SpeechParam.TimbreKey"


def check_take(
    take: Take, selection: Selection, knowledge: Knowledge, limits: SiteLimits
) -> Iterator[Finding]:
    """Yield what stands against one take."""
    if take.driver is DriverType.TEXT:
        yield from check_script(take.script, limits)
        yield from check_speech(take.speech, knowledge.timbres, limits, knowledge.today)
    elif take.recording is None:
        yield error(
            "recording.missing",
            "InputAudioUrl",
            f"{limits['recording.missing'].rule} None was chosen.",
            "Choose a recording, or write a script.",
            Remedy.CHOOSE_RECORDING,
        )
    yield from check_options(take.options, selection, limits)


def check_script(script: str, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what stands against a script: nothing to say, too short or long, marks that are not right."""
    limit = limits["script.length"]
    whole, spoken = whole_count(script), spoken_count(script)
    if not script.strip():
        said = f"{limits['script.empty'].rule} This one is empty."
        yield error("script.empty", _SCRIPT, said, "Write what is to be said.", Remedy.WRITE_SCRIPT)
        return
    if limit.too_low(spoken):
        said = f"{limit.rule} Without marks this one has {spoken}."
        yield error("script.length.low", _SCRIPT, said, "Write a little more.", Remedy.WRITE_SCRIPT)
    if limit.too_high(whole):
        said = f"{limit.rule} This one has {whole}, {spoken} of them spoken."
        yield error("script.length.high", _SCRIPT, said, "Split it into several takes.", Remedy.SPLIT_SCRIPT)
    for problem in ssml_check.problems(script):
        yield Finding(
            level=Level(problem.level),
            code=f"script.{problem.code}",
            field=_SCRIPT,
            message=problem.message,
            fix=problem.fix,
            remedy=Remedy.WRITE_SCRIPT,
        )


def check_speech(
    speech: Speech, timbres: tuple[Timbre, ...], limits: SiteLimits, today: str = ""
) -> Iterator[Finding]:
    """Yield what stands against the voice and how it speaks; `today` as the service writes dates."""
    if not speech.timbre_key:
        said = f"{limits['voice.missing'].rule} None was chosen."
        yield error("voice.missing", _TIMBRE, said, "Choose a voice.", Remedy.CHOOSE_VOICE)
    yield from _speed(speech.speed, limits)
    if speech.volume is not None:
        yield from beyond(limits["speech.volume"], speech.volume, None, "Use 0.", "Use 10.", Remedy.CLAMP)
        if not takes_volume(speech.timbre_key):
            said = f"{limits['voice.volume.void'].rule} The setting has no effect with {speech.timbre_key}."
            yield info("voice.volume.void", "SpeechParam.Volume", said, "Clear it.", Remedy.CLEAR_VOID)
    yield from _emotion_strength(speech, limits)
    yield from _known_voice(speech, timbres, limits)
    yield from _usable_voice(speech, timbres, limits, today)


def _speed(speed: float, limits: SiteLimits) -> Iterator[Finding]:
    limit = limits["speech.speed"]
    if limit.too_low(speed) or limit.too_high(speed):
        said = f"{limit.rule} Here it is {speed:g}."
        side = "low" if limit.too_low(speed) else "high"
        fix = f"Use {limit.low if side == 'low' else limit.high}."
        yield error(f"speech.speed.{side}", limit.field, said, fix, Remedy.CLAMP)


def _emotion_strength(speech: Speech, limits: SiteLimits) -> Iterator[Finding]:
    if speech.emotion_intensity is None:
        return
    limit = limits["speech.emotion_intensity"]
    if not speech.emotion:
        said = limits["voice.intensity.void"].rule
        yield info("voice.intensity.void", limit.field, said, "Clear it.", Remedy.CLEAR_VOID)
    else:
        yield from beyond(limit, speech.emotion_intensity, None, "Use 50.", "Use 200.", Remedy.CLAMP)


def _known_voice(speech: Speech, timbres: tuple[Timbre, ...], limits: SiteLimits) -> Iterator[Finding]:
    timbre = next((one for one in timbres if one.key == speech.timbre_key), None)
    if timbre is None:
        if timbres and speech.timbre_key:
            said = f"The service does not list a voice named {speech.timbre_key}."
            yield warning("voice.unknown", _TIMBRE, said, "Choose one of its voices.", Remedy.CHOOSE_VOICE)
        return
    yield from _expiry(timbre)
    if speech.emotion and speech.emotion not in timbre.emotions:
        known = ", ".join(timbre.emotions) or "none"
        said = (
            f"{limits['voice.emotion'].rule} {timbre.name or timbre.key} does not know {speech.emotion} "
            f"(it has: {known})."
        )
        yield error("voice.emotion", "SpeechParam.EmotionCategory", said, "Choose none.", Remedy.CLEAR_VOID)
    if len(timbre.languages) > 1 and not speech.language:
        said = f"{limits['voice.language'].rule} {timbre.name or timbre.key} speaks several."
        fix = "Choose the script's language."
        field = "SpeechParam.TimbreLanguage"
        yield error("voice.language.missing", field, said, fix, Remedy.CHOOSE_LANGUAGE)
    elif speech.language and timbre.languages and speech.language not in timbre.languages:
        said = f"The voice {timbre.name or timbre.key} does not speak {speech.language}."
        fix = "Choose one of its languages."
        yield error("voice.language", "SpeechParam.TimbreLanguage", said, fix, Remedy.CHOOSE_LANGUAGE)


def _expiry(timbre: Timbre) -> Iterator[Finding]:
    """Yield that a voice has expired (ExpireDate), or is about to."""
    name, left = timbre.name or timbre.key, timbre.days_left
    if left is None or left > SOON:
        return
    fix = "Choose another voice, or have it renewed."
    if left < 0:
        said = f"The voice {name} has expired on {timbre.expires}; the service would refuse it."
        yield error("voice.expired", _TIMBRE, said, fix, Remedy.CHOOSE_VOICE)
    else:
        said = f"The voice {name} expires on {timbre.expires}, {_in_days(left)}."
        yield warning("voice.expires", _TIMBRE, said, fix, Remedy.CHOOSE_VOICE)


def _in_days(days: int) -> str:
    return {0: "within a day", 1: "in a day"}.get(days, f"in {days} days")


def _usable_voice(
    speech: Speech, timbres: tuple[Timbre, ...], limits: SiteLimits, today: str
) -> Iterator[Finding]:
    timbre = next((one for one in timbres if one.key == speech.timbre_key), None)
    if timbre is None:
        return
    name = timbre.name or timbre.key
    if today and timbre.expires and timbre.expires <= today:
        said = f"{limits['voice.expired'].rule} {name} expired on {timbre.expires[:10]}."
        yield error("voice.expired", _TIMBRE, said, "Choose another voice.", Remedy.CHOOSE_VOICE)
    if timbre.driver_types and DriverType.TEXT.value not in timbre.driver_types:
        said = f"{limits['voice.driver'].rule} {name} does not."
        yield error("voice.driver", _TIMBRE, said, "Choose another voice.", Remedy.CHOOSE_VOICE)


def check_options(options: Options, selection: Selection, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what stands against the options, and which of them have no effect."""
    make_type = selection.make_type
    if options.loop is VideoLoop.FORWARD and make_type in {MakeType.CIRCLE, MakeType.CUSTOM_ONLY_START}:
        said = f"{limits['loop.void'].rule} “Start again” has no effect."
        yield info("loop.void", "VideoLoop", said, "Set it back.", Remedy.CLEAR_VOID)
    if options.ref_photo is not None and not options.track_face:
        said = limits["photo.void"].rule
        yield info("photo.void", "VideoParam.RefPhotoUrl", said, "Remove the photo.", Remedy.CLEAR_VOID)
    if options.callback_url:
        yield from _callback(options.callback_url, limits)


def _callback(url: str, limits: SiteLimits) -> Iterator[Finding]:
    limit = limits["callback.length"]
    yield from beyond(limit, len(url), None, "", "Use a shorter address.")
    if not url.startswith(("http://", "https://")):
        said = "A callback address begins with http:// or https://."
        fix = "Put https:// before it."
        yield error("callback.form", limit.field, said, fix, Remedy.COMPLETE_ADDRESS)
