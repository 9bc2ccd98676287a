"""The timeline as a real AT-SPI client hears it, on a screen and a message bus of their own.

Debian: xvfb, dbus, at-spi2-core, gir1.2-atspi-2.0, python3-gi.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is what Linux has."),
]
SYSTEM_PYTHON = "/usr/bin/python3"
"""The one that the system's packages of gi belong to."""

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication
from redub.core.clip import ClipFacts, VideoFacts
from redub.core.shot import MakeType, Selection, Shot, Source, StillInterval
from redub.services.editing import Editing
from redub.ui.timeline.panel import TimelinePanel
from dataclasses import replace

app = QApplication(["timeline"])
app.setApplicationName("timeline")
video = VideoFacts(codec="h264", width=320, height=240, shown_width=320, shown_height=240, frame_rate=25.0)
facts = ClipFacts(path="/none.mp4", container="mp4", size=1, duration=20.0, video=video)
shot = Shot(
    reference=Source(path="/none.mp4"),
    selection=Selection(make_type=MakeType.CUSTOM, start=4.0, end=12.0),
    still_intervals=(StillInterval(5.0, 6.0),),
)
editing = Editing(lambda view: replace(view, facts=facts))
editing.open(shot, None)
panel = TimelinePanel()
panel.edit_wanted.connect(lambda edit: editing.apply(edit))
panel.resize(900, 340)
panel.show()
panel.activateWindow()
editing.listen(panel.show_view)
code = app.exec()
panel.close_clip()
"""

CLIENT = """
import json, sys, time, gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib
Atspi.init()

def turn(milliseconds):
    loop = GLib.MainLoop()
    GLib.timeout_add(milliseconds, loop.quit)
    loop.run()

def window():
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(number)
        if child is not None and child.get_name() == "timeline":
            return child

def sliders(node):
    if node.get_role_name() == "slider":
        yield node
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is not None:
            yield from sliders(child)

def found():
    app = window()
    every = {each.get_name(): each for each in sliders(app)} if app is not None else {}
    return every if "End of still interval 1" in every else None

end = time.monotonic() + 30
every = found()
while every is None and time.monotonic() < end:
    turn(200)
    every = found()
heard = []
listener = Atspi.EventListener.new(lambda event: heard.append(event.any_data))
listener.register("object:announcement")
values = {name: each.get_value_iface().get_current_value() for name, each in (every or {}).items()}
if every:
    edge = every["End of still interval 1"]
    edge.get_component_iface().grab_focus()
    edge.get_value_iface().set_current_value(6500)
    while not heard and time.monotonic() < end:
        turn(100)
    values["set"] = edge.get_value_iface().get_current_value()
print(json.dumps({"values": values, "heard": heard}))
"""


def has_everything() -> bool:
    """Say whether this system has a screen in memory, a message bus and the client's library."""
    if (
        not all(shutil.which(name) for name in ("Xvfb", "dbus-run-session"))
        or not Path(SYSTEM_PYTHON).exists()
    ):
        return False
    asked = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.fixture
def screen() -> Iterator[str]:
    """Return the name of an X display in memory."""
    if not has_everything():
        pytest.skip("Install xvfb, dbus, at-spi2-core, gir1.2-atspi-2.0 and python3-gi to run this test.")
    out, into = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(into), "-screen", "0", "1024x600x24", "-nolisten", "tcp"],
        pass_fds=(into,),
        stderr=subprocess.DEVNULL,
    )
    os.close(into)
    with os.fdopen(out) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait()


def test_screen_reader__knows_every_edge_sets_one_and_hears_of_it(screen: str, tmp_path: Path) -> None:
    (tmp_path / "window.py").write_text(WINDOW)
    (tmp_path / "client.py").write_text(CLIENT)
    together = f'"{sys.executable}" window.py & "{SYSTEM_PYTHON}" -W ignore client.py; kill $!; wait'
    env = os.environ | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", together],
        env=env,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        said, _nothing = session.communicate(timeout=60)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(session.pid, signal.SIGKILL)
    told = json.loads(said.splitlines()[-1])

    assert told["values"] == {
        "Cursor": 0,
        "Segment": 4000,
        "Segment start": 4000,
        "Segment end": 12000,
        "Still interval 1": 5000,
        "Start of still interval 1": 5000,
        "End of still interval 1": 6000,
        "Result": 0,
        "set": 6500,
    }
    assert told["heard"] == ["End of still interval 1: 6.500 s, f162"]
