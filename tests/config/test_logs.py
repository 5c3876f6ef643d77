"""What a log line may not hold is taken out wherever it lies."""

from typing import Any

import pytest

from jangteo.config import logs


def hide(**event: Any) -> Any:
    return logs.hide(None, "info", event)


@pytest.mark.parametrize(
    "number", ["123-45-67890", "1234567890", "900101-1234567", "9001011234567", "010-1234-5678"]
)
def test_personal_and_business_numbers_are_hidden_with_and_without_hyphens(number: str) -> None:
    assert hide(said=f"company {number} asked") == {"said": "company hidden asked"}


@pytest.mark.parametrize("door", ["w", "payees"])
def test_the_link_of_a_payee_is_hidden(door: str) -> None:
    event = hide(event=f"Not Found: /x/{door}/{'0a' * 16}.W_eYgKQEBO6-kNRN")
    assert event == {"event": f"Not Found: /x/{door}/hidden"}


def test_nothing_hides_in_depth() -> None:
    event = hide(
        request={"Token": "jt_x", "more": [{"price": 5, "name": "2208162517"}], "size": 3},
        pair=("postgresql://jangteo:word@host/db", b"raw"),
        Envelope="x",
    )
    assert event == {
        "request": {"Token": "hidden", "more": [{"price": "hidden", "name": "hidden"}], "size": 3},
        "pair": ["postgresql://jangteo:hidden@host/db", "hidden"],
        "Envelope": "hidden",
    }


@pytest.mark.parametrize(
    "plain", ["R26BK00000001", "2026-11-24T04:17:38.569930Z", "R26BK00000001/1/0/000/1", 1234567890]
)
def test_what_identifies_nobody_stays(plain: object) -> None:
    assert hide(said=plain) == {"said": plain}
