"""Turn a take into the exact request body of videomakenotrain, and into the bytes that are sent and hashed.

What has no effect in the chosen mode is not sent; what has one is sent, also when it is the default, so that
a later change of the service's defaults cannot change a result. Keys stand in the order of the API page.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping

import msgspec

from redub import log
from redub.cloud.media_urls import MediaKind, MediaUrls, needed_media
from redub.core.errors import UserError
from redub.core.shot import DriverType, MakeType, Options, Shot, Speech, StillInterval, Take
from redub.core.times import millis

Body = dict[str, object]

_HAS_START = frozenset({MakeType.CUSTOM, MakeType.CIRCLE, MakeType.CUSTOM_ONLY_START})
_OPTIONAL = frozenset({MediaKind.REF_PHOTO, MediaKind.LETTER, MediaKind.LETTER_VIDEO})
_NAMES = {
    MediaKind.REFERENCE: "The reference clip",
    MediaKind.RECORDING: "The recording",
    MediaKind.REF_PHOTO: "The face picture",
    MediaKind.LETTER: "The letter of authorization",
    MediaKind.LETTER_VIDEO: "The video of authorization",
}
_VOIDS_LOOP = frozenset({MakeType.CIRCLE, MakeType.CUSTOM_ONLY_START})
_QUERY = re.compile(r"(https?://[^\s\"'<>?#]+)\?[^\s\"'<>]*", re.IGNORECASE)


def request_body(shot: Shot, take: Take, urls: MediaUrls) -> Body:
    """Return the body for `take`: {"Header": {}, "Payload": {…}} with the service's strict types.

    :raises UserError: a medium that the mode needs has no address, or a number is none
    """
    return {"Header": {}, "Payload": _present(_payload(shot, take, urls))}


def encode_body(body: Mapping[str, object]) -> bytes:
    """Return the canonical bytes of a body: UTF-8 as written, no blanks, keys in their order."""
    try:
        return msgspec.json.encode(body)
    except UnicodeEncodeError as exc:
        raise UserError(
            "The script contains a sign that cannot be sent.",
            why="It is half of a character, left over from copying.",
            next_step="Delete the sign and type it again.",
            detail=str(exc),
        ) from exc


def body_hash(body: bytes) -> str:
    """Return the SHA-256 of the exact bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def without_secrets(text: str) -> str:
    """Return `text` with signatures, keys and the query part of every address hidden.

    A presigned address lets anybody who has it fetch the file: its query is as secret as a password.
    """
    return log.without_secrets(_QUERY.sub(r"\1?***", text))


def _payload(shot: Shot, take: Take, urls: MediaUrls) -> Body:
    """Build the payload; None stands for what is not sent."""
    text = take.driver is DriverType.TEXT
    options, make_type = take.options, shot.selection.make_type
    optional = _optional_addresses(shot, take, urls)
    return {
        "RefVideoUrl": _address(urls.reference, MediaKind.REFERENCE),
        "DriverType": take.driver.value,
        "IdentityWrittenUrl": optional.get(MediaKind.LETTER),
        "IdentityVideoUrl": optional.get(MediaKind.LETTER_VIDEO),
        "InputAudioUrl": None if text else _address(urls.recording, MediaKind.RECORDING),
        "InputSsml": take.script if text else None,
        "SpeechParam": speech_param(take.speech) if text else None,
        "ConcurrencyType": options.concurrency.value if options.concurrency else None,
        "VideoLoop": None if make_type in _VOIDS_LOOP else int(options.loop),
        "VideoParametersConsistent": int(options.match_input),
        "CallbackUrl": options.callback_url or None,
        "VideoParam": _video(shot, options, optional.get(MediaKind.REF_PHOTO)),
    }


def _optional_addresses(shot: Shot, take: Take, urls: MediaUrls) -> dict[MediaKind, str]:
    """Return the addresses of what the take names beside the clip and the recording; each must have one."""
    named = (kind for kind, _source in needed_media(shot, take) if kind in _OPTIONAL)
    return {kind: _address(urls.get(kind), kind) for kind in named}


def speech_param(speech: Speech) -> Body:
    """Return SpeechParam; the intensity of an emotion is sent only with the emotion."""
    intensity = speech.emotion_intensity if speech.emotion else None
    return _present(
        {
            "Speed": _number(speech.speed, "The speed"),
            "TimbreKey": speech.timbre_key,
            "Volume": None if speech.volume is None else int(speech.volume),
            "EmotionCategory": speech.emotion or None,
            "EmotionIntensity": None if intensity is None else int(intensity),
            "TimbreLanguage": speech.language or None,
        }
    )


def _video(shot: Shot, options: Options, ref_photo: str | None) -> Body:
    """Build VideoParam; the make type decides which times mean something."""
    selection = shot.selection
    make_type = selection.make_type
    return _present(
        {
            "RefPhotoUrl": ref_photo,
            "DisableIdDetect": int(not options.track_face),
            "DisableOcclusionDetect": int(not options.detect_occlusion),
            "EnableFakeTeeth": int(options.new_teeth),
            "MakeType": make_type.value,
            "StartTime": _seconds(selection.start) if make_type in _HAS_START else None,
            "EndTime": _seconds(selection.end) if make_type is MakeType.CUSTOM else None,
            "DisableIntervals": [_interval(still) for still in shot.still_intervals] or None,
        }
    )


def _interval(still: StillInterval) -> Body:
    return {"StartTime": _seconds(still.start), "EndTime": _seconds(still.end)}


def _seconds(value: float | None) -> float | None:
    return None if value is None else millis(_number(value, "A time"))


def _number(value: float, name: str) -> float:
    if math.isfinite(value):
        return float(value)
    raise UserError(f"{name} is not a number.", next_step="Set it again.")


def _address(url: str | None, kind: MediaKind) -> str:
    if url:
        return url
    raise UserError(
        f"{_NAMES[kind]} has no address yet.",
        why="The service fetches it from an address; it cannot reach files on this computer.",
        next_step="Let it be uploaded, or give an address where it already lies.",
    )


def _present(fields: Body) -> Body:
    return {key: value for key, value in fields.items() if value is not None}
