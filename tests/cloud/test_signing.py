from __future__ import annotations

from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redub.cloud.signing import Credentials, signature, signed_query

VECTORS = [
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
]


@pytest.mark.parametrize("appkey,accesstoken,timestamp,expected", VECTORS)
def test_signed_query__documented_vectors(
    appkey: str, accesstoken: str, timestamp: int, expected: str
) -> None:
    query = signed_query(appkey, accesstoken, timestamp)

    assert query == f"appkey={appkey}&timestamp={timestamp}&signature={expected}"


# The first draw builds tables of characters, which takes long on a busy machine.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(accesstoken=st.text(min_size=1, max_size=40), timestamp=st.integers(1, 4_000_000_000))
def test_signed_query__reads_back_through_an_address(accesstoken: str, timestamp: int) -> None:
    query = signed_query("key", accesstoken, timestamp)

    address = httpx.URL(f"https://service.example/path?{query}")

    assert address.query.decode() == query
    values = parse_qs(query, strict_parsing=True)
    assert values["signature"] == [signature(f"appkey=key&timestamp={timestamp}", accesstoken)]


def test_credentials__never_show_the_token() -> None:
    assert "geheim" not in repr(Credentials("key", "geheim"))
