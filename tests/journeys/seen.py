"""What a result page must show, taken from what the API says of the same tender."""

import hashlib
import re
from pathlib import Path
from typing import Any

from tests.journeys.walker import Walker


def won(amount: int) -> str:
    """1234 → "1,234원"."""
    return f"{amount:,}원"


def shows_result(reader: Walker, found: dict[str, Any]) -> None:
    """The page shows the 15 numbers, the four drawn, the prices, ranks and verdicts."""
    page = reader.page
    counts = page.locator(".op-draw .op-count").all_inner_texts()
    assert [_digits(text) for text in counts] == [one["picked"] for one in found["prices"]]
    drawn = page.locator(".op-draw .op-drawn .op-number").all_inner_texts()
    assert [int(text) for text in drawn] == [
        one["number"] for one in found["prices"] if one["drawn"]
    ]
    assert len(drawn) == 4
    figures = reader.text(".op-figures")
    assert won(found["reserve_price"]) in figures and won(found["floor_price"]) in figures
    rows = page.locator("section:has(#ranking) tbody tr")
    assert rows.count() == len(found["bids"])
    for row, bid in zip(rows.all(), found["bids"], strict=True):
        said = re.sub(r"\s+", " ", row.inner_text())
        assert bid["name"] in said and bid["verdict"] in said
        assert bid["amount"] is None or won(bid["amount"]) in said
        assert not bid["rank"] or str(bid["rank"]) in row.locator("td").first.inner_text()
        assert not bid["rate"] or bid["rate"] in said


def downloaded_hash(reader: Walker, number: str) -> str:
    """SHA-256 of the bundle that the page gives to anybody."""
    with reader.page.expect_download() as coming:
        reader.follow(f"{number}-bundle.json")
    return hashlib.sha256(Path(coming.value.path()).read_bytes()).hexdigest()


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))
