"""Strict JSON types of the documented fields: "1" is no number, true is no 1, 1.0 is no int, null is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Field:
    """The type of one field.

    :ivar name: as the page writes it: string, int, float, object, array
    :ivar members: the fields of an object, or of the objects in an array
    """

    name: str
    members: Mapping[str, Field] | None = None


STRING = Field("string")
INT = Field("int")
FLOAT = Field("float")
STRINGS = Field("array of strings")

_INTERVAL = {"StartTime": FLOAT, "EndTime": FLOAT}

_SPEECH: Mapping[str, Field] = {
    "Speed": FLOAT,
    "TimbreKey": STRING,
    "Volume": INT,
    "EmotionCategory": STRING,
    "EmotionIntensity": INT,
    "TimbreLanguage": STRING,
}

_VIDEO: Mapping[str, Field] = {
    "RefPhotoUrl": STRING,
    "DisableIdDetect": INT,
    "DisableOcclusionDetect": INT,
    "EnableFakeTeeth": INT,
    "MakeType": STRING,
    "StartTime": FLOAT,
    "EndTime": FLOAT,
    "DisableIntervals": Field("array", _INTERVAL),
}

VIDEOMAKENOTRAIN: Mapping[str, Field] = {
    "RefVideoUrl": STRING,
    "DriverType": STRING,
    "IdentityWrittenUrl": STRING,
    "IdentityVideoUrl": STRING,
    "InputAudioUrl": STRING,
    "InputSsml": STRING,
    "SpeechParam": Field("object", _SPEECH),
    "ConcurrencyType": STRING,
    "VideoLoop": INT,
    "VideoParametersConsistent": INT,
    "CallbackUrl": STRING,
    "VideoParam": Field("object", _VIDEO),
}

TTS: Mapping[str, Field] = {
    **_SPEECH,
    "VirtualmanKey": STRING,
    "InputSsml": STRING,
    "SampleRate": INT,
    "Codec": STRING,
    "SentenceMaxWords": INT,
    "AudioStorageS3Url": STRING,
}

GETPROGRESS: Mapping[str, Field] = {"TaskId": STRING}

DESCRIBETIMBRE: Mapping[str, Field] = {
    "PageIndex": INT,
    "PageSize": INT,
    "TimbreKey": STRING,
    "TimbreName": STRING,
    "PurchaseType": STRING,
    "TimbreKeyList": STRINGS,
}

SIMULATE: Mapping[str, Field] = {"Scenario": STRING}

GETSERVICEASSET: Mapping[str, Field] = {"ServiceType": STRING, "PageIndex": INT, "PageSize": INT}


def mistyped(payload: Mapping[str, object], fields: Mapping[str, Field], prefix: str = "") -> str:
    """Name the first known field of `payload` that has another type than documented, or return "".

    Fields that are not known are let pass: the service is not known to refuse them.
    """
    for name, value in payload.items():
        if name in fields:
            trouble = _trouble(value, fields[name], prefix + name)
            if trouble:
                return trouble
    return ""


def _trouble(value: object, field: Field, path: str) -> str:
    if not _fits(value, field):
        return f"{path} is not of the type {field.name}"
    if isinstance(value, dict):
        return mistyped(value, field.members or {}, f"{path}.")
    if isinstance(value, list) and field.members is not None:
        inner = Field("object", field.members)
        found = (_trouble(item, inner, f"{path}[{place}]") for place, item in enumerate(value))
        return next((trouble for trouble in found if trouble), "")
    return ""


def _fits(value: object, field: Field) -> bool:
    if field is STRING:
        return isinstance(value, str)
    if isinstance(value, bool):
        return False
    if field is INT:
        return isinstance(value, int) and value in _INT64
    if field is FLOAT:
        return isinstance(value, float) or (isinstance(value, int) and value in _INT64)
    if field is STRINGS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, dict if field.name == "object" else list)
