from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault
from redub.media import process
from support.waiting import until, wait_until


def python(*code: str) -> list[str]:
    return [sys.executable, "-c", "\n".join(code)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


async def test_run__lines__are_handed_over_and_the_outcome_says_itself() -> None:
    lines: list[str] = []

    outcome = await process.run(
        python("print('one')", "print('zwei ü')"), on_line=lines.append, label="Counting"
    )

    assert outcome.ok
    assert lines == ["one", "zwei ü"]
    assert str(outcome).startswith("Counting: done after")


async def test_run__failing__raises_nothing_and_keeps_the_last_words() -> None:
    outcome = await process.run(
        python("import sys", "[print('line', n, file=sys.stderr) for n in range(100)]", "sys.exit(3)"),
        label="Failing",
    )

    assert outcome.returncode == 3
    assert len(outcome.last_lines) == process.LAST_LINES
    assert str(outcome).endswith("line 99")
    assert outcome.detail.splitlines()[0].startswith(sys.executable)


async def test_run__much_on_both_pipes__does_not_block() -> None:
    taken: list[int] = []

    outcome = await process.run(
        python("import sys", "for n in range(20000): print('x' * 50); print('y' * 50, file=sys.stderr)"),
        on_line=lambda line: taken.append(len(line)),
        label="Talking",
    )

    assert outcome.ok
    assert len(taken) == 20000


async def test_lines__come_one_by_one() -> None:
    found = [
        line async for line in process.lines(python("print('one')", "print('zwei ü')"), label="Counting")
    ]
    assert found == ["one", "zwei ü"]


async def test_lines__a_failing_child_says_its_last_words_at_the_end() -> None:
    code = python("import sys", "print('one')", "print('why', file=sys.stderr)", "sys.exit(3)")
    lines = process.lines(code, label="Counting")
    assert await anext(lines) == "one"
    with pytest.raises(EnvironmentFault, match="Counting was broken off") as caught:
        await anext(lines)
    assert caught.value.detail.endswith("why")


async def test_lines__closing_ends_the_child() -> None:
    code = python("import os, time", "print(os.getpid(), flush=True)", "time.sleep(60)")
    lines = process.lines(code, label="Waiting")
    pid = int(await anext(lines))
    await lines.aclose()
    assert not alive(pid)


async def test_run__missing_program__is_a_fault_of_this_machine() -> None:
    with pytest.raises(EnvironmentFault, match="cannot be started"):
        await process.run(["/nowhere/program"], label="Starting")


async def test_run__taker_of_lines_fails__the_child_is_ended_and_the_error_comes_out() -> None:
    pids: list[int] = []

    def take(line: str) -> None:
        pids.append(int(line))
        raise ValueError("cannot take it")

    with pytest.raises(ValueError, match="cannot take it"):
        await process.run(
            python("import os, sys", "print(os.getpid(), flush=True)", "sys.stdin.read(1)"),
            on_line=take,
            label="A",
        )

    assert not alive(pids[0])


async def cancelled_run(argv: list[str]) -> tuple[int, float]:
    """Run `argv` until it says its process id, cancel, and return the id and how long the end took."""
    pids: list[int] = []
    task = asyncio.get_running_loop().create_task(
        process.run(argv, on_line=lambda line: pids.append(int(line)), label="Long")
    )
    await until(lambda: bool(pids))
    begun = asyncio.get_running_loop().time()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return pids[0], asyncio.get_running_loop().time() - begun


async def test_cancel__child_that_listens__is_asked_to_quit(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    pid, _ = await cancelled_run(
        python(
            "import os, pathlib, sys",
            "print(os.getpid(), flush=True)",
            f"pathlib.Path({str(heard)!r}).write_text(sys.stdin.read(1))",
        )
    )

    assert heard.read_text() == "q"
    assert not alive(pid)


async def test_cancel__deaf_child__is_terminated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.1)

    pid, _ = await cancelled_run(
        python("import os, time", "print(os.getpid(), flush=True)", "time.sleep(60)")
    )

    assert not alive(pid)


async def test_cancel__stubborn_child__is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.1)

    pid, _ = await cancelled_run(
        python(
            "import os, signal, time",
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
            "print(os.getpid(), flush=True)",
            "time.sleep(60)",
        )
    )

    assert not alive(pid)


async def test_cancel__twice__still_leaves_no_child() -> None:
    pids: list[int] = []
    task = asyncio.get_running_loop().create_task(
        process.run(
            python("import os, time", "print(os.getpid(), flush=True)", "time.sleep(60)"),
            on_line=lambda line: pids.append(int(line)),
            label="Long",
        )
    )
    await until(lambda: bool(pids))
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert not alive(pids[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can tie a child to its parent")
@pytest.mark.parametrize("setpriv", [True, False])
def test_run__we_are_killed__the_child_goes_with_us(setpriv: bool) -> None:
    hide = "" if setpriv else "process.shutil.which = lambda name: None if name == 'setpriv' else name"
    parent = subprocess.Popen(
        python(
            "import asyncio, sys",
            "from redub.media import process",
            hide,
            "child = [sys.executable, '-c', 'import os, time; print(os.getpid(), flush=True); time.sleep(60)']",
            "asyncio.run(process.run(child, on_line=lambda line: print(line, flush=True), label='x'))",
        ),
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()

    assert wait_until(lambda: not alive(pid))


def test_command_line__quotes_what_a_shell_would_read() -> None:
    assert process.command_line(["ffmpeg", "-i", "it's a clip.mp4"]) == """ffmpeg -i 'it'"'"'s a clip.mp4'"""
