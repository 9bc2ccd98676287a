from __future__ import annotations

import pytest

from redub.cloud.codes import FAIL_CODES, INTERFACE_CODES, Meaning, Retry, fail_code, interface_code

ALL = [*INTERFACE_CODES.items(), *FAIL_CODES.items()]


@pytest.mark.parametrize("code,meaning", ALL)
def test_meanings__are_whole_sentences(code: int, meaning: Meaning) -> None:
    for text in (meaning.what, meaning.why, meaning.next_step):
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith("“")


@pytest.mark.parametrize("code", [-101001, 100008, 801004])
def test_interface_code__may_be_sent_again(code: int) -> None:
    assert interface_code(code).retry is Retry.SAFE_TO_QUEUE
    assert interface_code(code).refusal


@pytest.mark.parametrize("code", [-101000, 801000, 801002])
def test_interface_code__may_have_been_made(code: int) -> None:
    assert interface_code(code).retry is Retry.ASK
    assert not interface_code(code).refusal


@pytest.mark.parametrize("code", [100001, 100002, 100003, 100005, 100009, 100013, 100014, 110006, 801005])
def test_interface_code__never_again(code: int) -> None:
    assert interface_code(code).retry is Retry.NEVER
    assert interface_code(code).refusal


def test_interface_code__unknown_is_named_and_not_taken_for_a_refusal() -> None:
    meaning = interface_code(424242)

    assert "424242" in meaning.what
    assert meaning.retry is Retry.ASK
    assert not meaning.refusal


def test_codes__the_same_number_means_two_things() -> None:
    assert "too often" in interface_code(801004).what
    assert "crashed" in fail_code(801004).what


@pytest.mark.parametrize("code", [None, 0])
def test_fail_code__without_a_reason(code: int | None) -> None:
    assert "no reason" in fail_code(code).why


def test_fail_code__unknown_is_named() -> None:
    assert "899999" in fail_code(899999).what
