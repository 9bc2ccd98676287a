from __future__ import annotations

import subprocess
import sys

import pytest

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="threads have priorities of their own on Linux only"
)


@linux
def test_hold_back_process__takes_only_what_is_left() -> None:
    script = (
        "import os; from redub.media.modesty import hold_back_process; hold_back_process();"
        "print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) == os.SCHED_IDLE)"
    )

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert said.split() == ["19", "True"]
