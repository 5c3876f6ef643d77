"""The contract's PDF: Korean font inside, no clock inside, and all that the law wants said."""

import hashlib
import re
import zlib

import pytest

from jangteo.stages.contract import queries
from jangteo.stages.contract.actions.paper import document
from jangteo.stages.contract.models import Text
from tests.stages.contract.signed import active, drafted, small

pytestmark = pytest.mark.django_db
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)


def inside(data: bytes) -> bytes:
    """The whole file with every stream that can be inflated, inflated."""
    parts = [data]
    for found in _STREAM.findall(data):
        try:
            parts.append(zlib.decompress(found))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_document_holds_its_own_korean_font_and_names_no_moment() -> None:
    made = drafted()
    made.offer()
    name, data = queries.document(made.here.who("head0"), made.number)
    assert (name, data[:5]) == (f"{made.number}-0.pdf", b"%PDF-")
    assert hashlib.sha256(data).hexdigest() == Text.objects.get().document_hash
    whole = inside(data)
    fonts = re.findall(rb"/BaseFont\s*/([^\s/<>]+)", whole)
    assert fonts and all(re.match(rb"[A-Z]{6}\+NotoSansKR", font) for font in fonts)
    assert re.search(rb"/FontFile[23]?\s", whole)
    assert b"/ToUnicode" in whole
    assert b"/CreationDate" not in whole and b"CreateDate" not in whole


SAID = {
    "category": "works", "number": "R26TA00000001", "tender": "R26BK00000001", "title": "지붕",
    "place": "", "buyer": "가온시 (1)", "supplier": "한빛건설 (2)", "value": "1,234,567,890,123",
    "hangul": "일조", "starts": "2026-12-01", "ends": "2027-03-31", "security": "1", "text": 0,
    "waivable": False, "damages": {"per_thousand": "0.5", "cap": "30"}, "template": "t",
    "law": dict.fromkeys(
        ("damages", "inspection", "payment", "progress_payment", "subcontract_payment"), "법"
    ),
    "days": dict.fromkeys(
        ("inspection", "payment", "progress_payment", "subcontract_payment"), "5"
    ),
    "special": "",
}  # fmt: skip


def test_the_same_terms_make_the_same_bytes_and_others_make_others() -> None:
    first = document("contract_2020.typ", SAID)
    assert document("contract_2020.typ", SAID) == first
    for changed in ({"value": "1"}, {"special": "특약"}, {"ends": "2027-04-01"}, {"title": "담"}):
        assert document("contract_2020.typ", SAID | changed) != first


@pytest.mark.parametrize(
    "evil", ['#import "x"', "*굵게* $x$ [#sys]", "\\ \" ' < > & @ab =", "가" * 2000]
)
def test_whatever_is_typed_is_text_and_not_a_program(evil: str) -> None:
    data = document("contract_2020.typ", SAID | {"title": evil[:200], "special": evil})
    assert data[:5] == b"%PDF-"


@pytest.mark.parametrize("regime", ["national", "local"])
def test_the_text_says_what_the_rules_say(regime: str) -> None:
    made = drafted(regime=regime)
    made.offer()
    assert Text.objects.get().template == f"contract/template:{regime}-2020"
    little = small()
    little.offer()
    assert len(queries.document(little.here.who("officer"), little.number)[1]) > 10_000


def test_the_two_sides_read_every_text_and_nobody_else_any() -> None:
    made = active()
    made.amend(value=100_000_000)
    for who in ("officer", "approver", "payer", "head0", "bidder0"):
        for text in (0, 1, None):
            assert queries.document(made.here.who(who), made.number, text)[1][:5] == b"%PDF-"
    urls = [f"/contracts/{made.number}/document.pdf", f"/contracts/{made.number}/document-0.pdf"]
    for url in urls:
        for who in ("head1", "opener", ""):
            assert made.here.client(who).get(url).status_code == 404, (url, who)
        got = made.here.client("head0").get(url)
        assert (got.status_code, got["Content-Type"]) == (200, "application/pdf")
    assert made.here.client("head0").get(urls[1].replace("-0", "-7")).status_code == 404
    row = Text.objects.get(number=1)
    assert made.here.client("head1").get(f"/documents/{row.document}").status_code == 404
