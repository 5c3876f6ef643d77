"""Korean words and numbers: amounts in Hangul, business numbers, institution codes."""

import re

_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_PLACES = ("천", "백", "십", "")
_GROUPS = ("", "만", "억", "조", "경")
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_BUSINESS = re.compile(r"\d{3}-?\d{2}-?\d{5}")


def _four(group: int) -> str:
    """1234 -> 천이백삼십사; a one is spoken only in the last place."""
    words = []
    for digit, place in zip(f"{group:04d}", _PLACES, strict=True):
        number = int(digit)
        if number:
            words.append(("" if number == 1 and place else _DIGITS[number]) + place)
    return "".join(words)


def hangul_amount(amount: int) -> str:
    """An amount in Hangul, a space after every 만, 억, 조: 120000000 -> "일억 이천만".

    A group of exactly one keeps its 일 (10000 -> "일만"), so that no amount begins with a bare
    unit. 0 is "영". ValueError below zero or from 10^20.
    """
    if amount < 0 or amount >= 10**20:
        raise ValueError("only amounts from 0 up to 10^20 can be written")
    if amount == 0:
        return "영"
    words = []
    for power, unit in reversed(list(enumerate(_GROUPS))):
        group = amount // 10000**power % 10000
        if group:
            words.append(_four(group) + unit)
    return " ".join(words)


def _check_digit(first9: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(first9, _WEIGHTS, strict=True))
    total += int(first9[8]) * 5 // 10
    return -total % 10


def business_number_valid(text: str) -> bool:
    """Whether a business registration number (사업자등록번호) has ten digits and the right check.

    Hyphens as in 123-45-67890 are accepted. Source: the check digit rule of the National Tax
    Service: weights 1 3 7 1 3 7 1 3 5, the tens of the ninth product added.
    """
    if not text.isascii() or not _BUSINESS.fullmatch(text):
        return False
    digits = text.replace("-", "")
    return digits != "0" * 10 and int(digits[9]) == _check_digit(digits[:9])


def business_number_complete(first9: str) -> str:
    """Nine digits with their check digit appended. ValueError unless nine digits are given."""
    if len(first9) != 9 or not (first9.isascii() and first9.isdigit()):
        raise ValueError("nine digits are needed")
    return first9 + str(_check_digit(first9))


def business_number_plain(text: str) -> str:
    """Digits only, as stored: "123-45-67890" -> "1234567890"."""
    return text.replace("-", "").strip()


def agency_code_valid(text: str) -> bool:
    """Whether an institution code (기관코드) has its seven digits or capital letters."""
    return bool(re.fullmatch(r"[0-9A-Z]{7}", text))
