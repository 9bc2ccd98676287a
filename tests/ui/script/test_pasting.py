from __future__ import annotations

import pytest

from redub.ui.script.pasting import fragment_of


@pytest.mark.parametrize(
    "text, pause, fragment",
    [
        ("plain", None, "plain"),
        (" with room ", None, " with room "),
        ("R&D < 5", None, "R&amp;D &lt; 5"),
        ("one\ntwo\r\n\r\nthree\n", None, "one two three"),
        ("one\ntwo", "500ms", 'one<break time="500ms"/> two'),
        ('Hello<break time="1s"/> you', None, 'Hello<break time="1s"/> you'),
        ("not <b>ours</b>", None, "not &lt;b&gt;ours&lt;/b&gt;"),
    ],
)
def test_fragment_of(text: str, pause: str | None, fragment: str) -> None:
    assert fragment_of(text, pause) == fragment
