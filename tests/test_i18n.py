"""A sentence is shown in the chosen language where there is a translation, in English where there is none."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from redub import i18n
from redub.i18n import N_, _, ngettext


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    i18n.install("C")


def _compiled(texts: dict[str, str]) -> bytes:
    """Write `texts` in gettext's binary format."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(texts.items())]
    head, count = 28, len(pairs)
    offset, content, table = head + 16 * count, b"", list[int]()
    for text in [*(key for key, _value in pairs), *(value for _key, value in pairs)]:
        table += [len(text), offset + len(content)]
        content += text + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, head, head + 8 * count, 0, 0)
    return header + struct.pack(f"<{4 * count}I", *table) + content


@pytest.fixture
def locale_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    texts = {"": header, "Rehearse": "Proben", "%d take\0%d takes": "%d Aufnahme\0%d Aufnahmen"}
    (folder / "redub.mo").write_bytes(_compiled(texts))
    return tmp_path


def test_install__with_a_translation(locale_folder: Path) -> None:
    assert i18n.install("de", locale_folder)

    assert _("Rehearse") == "Proben"
    assert [ngettext("%d take", "%d takes", count) % count for count in (1, 2)] == [
        "1 Aufnahme",
        "2 Aufnahmen",
    ]


def test_install__an_untranslated_text_stays_english(locale_folder: Path) -> None:
    i18n.install("de", locale_folder)

    assert _("Submit") == "Submit"


def test_install__without_a_translation_speaks_english(locale_folder: Path) -> None:
    i18n.install("de", locale_folder)

    assert not i18n.install("fr", locale_folder)
    assert _("Rehearse") == "Rehearse"
    assert ngettext("%d take", "%d takes", 3) == "%d takes"


def test_mark__is_translated_where_it_is_shown(locale_folder: Path) -> None:
    label = N_("Rehearse")

    i18n.install("de", locale_folder)

    assert (label, _(label)) == ("Rehearse", "Proben")
