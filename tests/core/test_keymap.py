from __future__ import annotations

from redub.core.keymap import changes_of, conflicts, merged, taken_from_others, with_keys

DEFAULTS = {"a": ("A",), "b": ("B", "Ctrl+B"), "c": ()}


def test_merged__changes_over_defaults() -> None:
    assert merged(DEFAULTS, {"a": ("X",), "gone": ("Y",)}) == {"a": ("X",), "b": ("B", "Ctrl+B"), "c": ()}


def test_changes__only_what_differs() -> None:
    keymap = with_keys(DEFAULTS, "c", ("C",))

    assert changes_of(DEFAULTS, keymap) == {"c": ("C",)}
    assert merged(DEFAULTS, changes_of(DEFAULTS, keymap)) == keymap


def test_changes__a_command_without_its_keys_is_a_change() -> None:
    assert changes_of(DEFAULTS, with_keys(DEFAULTS, "a", ())) == {"a": ()}


def test_conflicts__names_all_users_of_a_key() -> None:
    assert conflicts(DEFAULTS) == {}
    assert conflicts({**DEFAULTS, "c": ("B", "A", "A")}) == {"A": ("a", "c"), "B": ("b", "c")}


def test_taken_from_others() -> None:
    keymap = taken_from_others(with_keys(DEFAULTS, "c", ("B",)), "c")

    assert keymap == {"a": ("A",), "b": ("Ctrl+B",), "c": ("B",)}
    assert conflicts(keymap) == {}
