"""One byte form, and only one."""

import pytest

from jangteo.records.vault.canonical import b64u, canonical, read_canonical, unb64u


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    value = {"b": [1, -2, "x"], "a": {"d": '"\\', "c": 0}}
    assert canonical(value) == b'{"a":{"c":0,"d":"\\"\\\\"},"b":[1,-2,"x"]}'
    assert read_canonical(canonical(value)) == value


@pytest.mark.parametrize(
    "value",
    [1.5, True, None, "가", "line\nend", "\x7f", 2**53, {1: "a"}, b"bytes", {"a": {"b": 1.0}}],
)
def test_what_the_form_does_not_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":"\\u0041"}',
        b'{"a":1}\n',
        '{"a":"가"}'.encode(),
        b"{",
        b"\xff",
    ],
)
def test_another_spelling_of_the_same_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_canonical(data)


def test_base64url_has_one_spelling() -> None:
    assert b64u(b"\xfb\xff\x00") == "-_8A"
    assert unb64u("-_8A", 3) == b"\xfb\xff\x00"
    assert unb64u("AA") == b"\0"
    for other in ("AB", "AA=", "AA==", "A A", "+/8A", "A", "AA\n", "가"):
        with pytest.raises(ValueError):
            unb64u(other)
    with pytest.raises(ValueError):
        unb64u("AAAA", 2)
