"""The computer is kept awake by the system's own means, as long as something runs and no longer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from redub.media.awake import awake, command
from support.waiting import until


def test_command__each_system_has_its_own() -> None:
    def there(name: str) -> str:
        return f"/bin/{name}"

    assert command("x", platform="darwin", which=there) == ["/bin/caffeinate", "-i"]
    assert command("x", platform="linux", which=there)[:2] == ["/bin/systemd-inhibit", "--what=sleep:idle"]
    assert command("x", platform="linux", which=lambda _name: None) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no shell scripts there")
async def test_awake__holds_on_inside_and_lets_go_behind(tmp_path: Path) -> None:
    program, begun, ended = tmp_path / "systemd-inhibit", tmp_path / "begun", tmp_path / "ended"
    program.write_text(f"#!/bin/sh\ntouch {begun}\ncat > /dev/null\ntouch {ended}\n")
    program.chmod(0o755)

    async with awake("test", platform="linux", which=lambda _name: str(program)):
        await until(begun.exists)
        assert not ended.exists()

    assert ended.exists()


async def test_awake__without_a_means__does_no_harm(tmp_path: Path) -> None:
    done = False
    async with awake("test", platform="linux", which=lambda _name: str(tmp_path / "gone")):
        done = True
    assert done


async def test_awake__a_failure_inside_comes_out_as_it_is() -> None:
    with pytest.raises(ValueError, match="mine"):
        async with awake("test", platform="linux", which=lambda _name: None):
            raise ValueError("mine")
