from __future__ import annotations

import pytest

from redub.cloud import sites
from redub.core.errors import UserError


def test_sites__the_documented_hosts() -> None:
    assert sites.SITES["international"].base_url == "https://gw-sg.tvs.qq.com"
    assert sites.SITES["china"].base_url == "https://gw.tvs.qq.com"
    assert sites.SITES["rehearsal"].shelf


@pytest.mark.parametrize(
    "text,expected",
    [
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("  https://service.example/base/ ", "https://service.example/base"),
        ("http://[::1]:9", "http://[::1]:9"),
    ],
)
def test_checked_base_url__addresses(text: str, expected: str) -> None:
    assert sites.checked_base_url(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gw.tvs.qq.com",
        "ftp://host",
        "https://",
        "http://host:port",
        "http://[::1",
        "https://a?b=c",
        "http://u@h",
    ],
)
def test_checked_base_url__refuses_what_is_no_service(text: str) -> None:
    with pytest.raises(UserError, match="not the address of a service"):
        sites.checked_base_url(text)


@pytest.mark.parametrize(
    "url,expected",
    [
        ("http://127.0.0.1:1", True),
        ("http://localhost", True),
        ("http://[::1]:1", True),
        ("http://127.9.9.9", True),
        ("https://gw.tvs.qq.com", False),
        ("http://127.0.0.1.example", False),
        ("http://192.168.1.5", False),
    ],
)
def test_is_loopback(url: str, expected: bool) -> None:
    assert sites.is_loopback(url) is expected


def test_custom__has_a_shelf_only_on_this_machine() -> None:
    assert sites.custom("http://127.0.0.1:5").shelf
    assert not sites.custom("https://service.example").shelf
    assert sites.rehearsal("http://127.0.0.1:5/").base_url == "http://127.0.0.1:5"
