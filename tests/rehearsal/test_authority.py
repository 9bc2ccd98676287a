from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from redub.rehearsal.authority import check_signature
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.key import Key, load_key
from redub.rehearsal.refusal import Refusal
from rehearsal.caller import query, sign

KEY = Key("app", "token")
NOW = 1_700_000_000


@pytest.mark.parametrize(
    "appkey,accesstoken,timestamp,signature",
    [
        (
            "e38267c0e86411ebb02aed82acb0ed99",
            "f68f2d10ae9e4604b76fb05cf46bccec",
            1646636485,
            "BfWuaC9kmaicCggXc693uK%2BsZQ8qe88O4HVQNTdwZuo%3D",
        ),
        (
            "example_appkey",
            "example_accesstoken",
            1717639699,
            "aCNWYzZdplxWVo%2BJsqzZc9%2BJ9XrwWWITfX3eQpsLVno%3D",
        ),
    ],
)
def test_check_signature__documented_vectors(
    appkey: str, accesstoken: str, timestamp: int, signature: str
) -> None:
    asked = f"appkey={appkey}&timestamp={timestamp}&signature={signature}"
    check_signature(asked, Key(appkey, accesstoken), timestamp)


@pytest.mark.parametrize("away", [-300, 0, 300])
def test_check_signature__within_five_minutes(away: int) -> None:
    check_signature(query("app", "token", NOW + away), KEY, NOW)


def test_check_signature__further_parameters_are_signed_too() -> None:
    signature = quote(sign(f"appkey=app&requestid=7&timestamp={NOW}", "token"), safe="")
    check_signature(f"timestamp={NOW}&requestid=7&appkey=app&signature={signature}", KEY, NOW)


@pytest.mark.parametrize(
    "asked,trouble",
    [
        ("", "no appkey"),
        (f"appkey=app&timestamp={NOW}", "no signature"),
        (query("app", "token", NOW - 301), "five minutes"),
        (query("app", "token", NOW + 301), "five minutes"),
        (query("app", "token", NOW * 1000), "not a number of seconds|five minutes"),
        (query("other", "token", NOW), "appkey is not known"),
        (query("app", "other", NOW), "does not match"),
        (query("app", "token", NOW) + "&requestid=7", "does not match"),
        (query("app", "token", NOW) + "&appkey=app", "twice"),
        (
            f"appkey=app&timestamp={NOW}&signature={sign(f'appkey=app&timestamp={NOW}', 'token')}",
            "URL-encoded",
        ),
        (f"appkey=app&timestamp=soon&signature={'a' * 44}", "not a number of seconds"),
        (query("app", "token", NOW).replace("%", "%25"), "does not match"),
    ],
)
def test_check_signature__refused(asked: str, trouble: str) -> None:
    with pytest.raises(Refusal, match=trouble) as refusal:
        check_signature(asked, KEY, NOW)
    assert refusal.value.code is InterfaceCode.UNAUTHORIZED


def test_load_key__stays_and_is_private(tmp_path: Path) -> None:
    first = load_key(tmp_path)
    assert load_key(tmp_path) == first
    assert (tmp_path / "key.json").stat().st_mode & 0o777 == 0o600
    assert first.accesstoken not in repr(first)
    assert load_key(tmp_path / "other") != first


def test_load_key__unreadable_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{")
    assert load_key(tmp_path) == load_key(tmp_path)
