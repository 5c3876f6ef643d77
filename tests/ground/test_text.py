"""Korean amounts and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.text import (
    agency_code_valid,
    business_number_complete,
    business_number_plain,
    business_number_valid,
    hangul_amount,
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "영"),
        (1, "일"),
        (10, "십"),
        (1_110, "천백십"),
        (10_000, "일만"),
        (12_000, "일만 이천"),
        (100_000, "십만"),
        (120_000_000, "일억 이천만"),
        (1_234_500_000, "십이억 삼천사백오십만"),
        (1_000_000_000_001, "일조 일"),
    ],
)
def test_amounts_in_hangul(amount: int, words: str) -> None:
    assert hangul_amount(amount) == words


def _read(words: str) -> int:
    total = 0
    for group in words.split(" "):
        unit = 1
        for power, name in enumerate("만억조경", 1):
            if group.endswith(name):
                unit, group = 10 ** (4 * power), group[:-1]
        value, digit = 0, 0
        for letter in group:
            if letter in "천백십":
                value, digit = value + (digit or 1) * {"천": 1000, "백": 100, "십": 10}[letter], 0
            else:
                digit = "영일이삼사오육칠팔구".index(letter)
        total += (value + digit) * unit
    return total


@given(st.integers(0, 10**20 - 1))
def test_hangul_can_be_read_back(amount: int) -> None:
    assert _read(hangul_amount(amount)) == amount


def test_amounts_that_cannot_be_written() -> None:
    for amount in (-1, 10**20):
        with pytest.raises(ValueError, match="can be written"):
            hangul_amount(amount)


@pytest.mark.parametrize("number", ["124-81-00998", "1048136565", "2208162517"])
def test_real_business_numbers(number: str) -> None:
    assert business_number_valid(number)


@pytest.mark.parametrize(
    "number",
    [
        "124-81-00999",
        "0000000000",
        "123456789",
        "12481009980",
        "124-8100998-",
        "１２４８１００９９８",
    ],
)
def test_wrong_business_numbers(number: str) -> None:
    assert not business_number_valid(number)


@given(st.integers(1, 10**9 - 1))
def test_completed_numbers_are_valid_and_a_changed_digit_is_not(first: int) -> None:
    number = business_number_complete(f"{first:09d}")
    assert business_number_valid(number)
    changed = number[:9] + str((int(number[9]) + 1) % 10)
    assert not business_number_valid(changed)


def test_plain_and_codes() -> None:
    assert business_number_plain("124-81-00998") == "1248100998"
    assert agency_code_valid("6260000")
    assert agency_code_valid("B551234")
    assert not agency_code_valid("626000")
    assert not agency_code_valid("b551234")
    with pytest.raises(ValueError, match="nine digits"):
        business_number_complete("12345678")
