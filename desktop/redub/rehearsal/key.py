"""The service's own account: an appkey and an accesstoken, random for every home, readable by its owner only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from redub.paths import ensure
from redub.rehearsal.records import write_record

FILE_NAME = "key.json"


@dataclass(frozen=True, slots=True)
class Key:
    """The account: `appkey` is its public half, `accesstoken` signs."""

    appkey: str
    accesstoken: str = field(repr=False)


def load_key(folder: Path) -> Key:
    """Return the key that lies in `folder`; a new one is made and kept where there is none that can be read.

    :raises OSError: when it cannot be written
    """
    path = ensure(folder) / FILE_NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Key)
    except (FileNotFoundError, msgspec.MsgspecError):
        key = Key(secrets.token_hex(16), secrets.token_hex(16))
        write_record(path, key)
        return key
