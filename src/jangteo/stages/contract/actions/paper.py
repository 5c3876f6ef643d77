"""Freeze a text of a contract: the statement that both sides sign, and its document (PDF)."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pylopdf_fonts_ko
import typst
from django.template.loader import get_template

from jangteo.ground.text import hangul_amount
from jangteo.records.account.queries import Actor
from jangteo.records.document.actions import add_document
from jangteo.records.party.queries import PartyRow, parties_by_id
from jangteo.records.vault.canonical import canonical
from jangteo.rules.dated import table
from jangteo.rules.security.performance import performance
from jangteo.stages.contract.models import Contract, Text

FONTS = [str(Path(pylopdf_fonts_ko.sans_path()).parent)]
_CATEGORIES = {"works": "공사", "goods": "물품", "services": "용역"}


def freeze(
    contract: Contract, *, by: Actor, at: datetime, value: int, ends: date, note: str = ""
) -> Text:
    """The next text of a contract, never changed again; the same terms make the same bytes.

    value in won; ends: the last day; note: what an amendment changes. Law: 국가계약법 제11조제1항,
    지방계약법 제14조제1항 (what a contract must say).
    """
    number = Text.objects.filter(contract=contract).count()
    row = table("contract/template").on(contract.rule_day, regime=contract.regime)
    named = parties_by_id({contract.buyer_id, contract.supplier_id})
    said = _content(contract, named[contract.buyer_id], named[contract.supplier_id], value, ends)
    said |= {"text": number, "template": row.id}
    said["special"] = "\n".join(part for part in (contract.special_terms, note) if part)
    data = document(row.value, said)
    kept = add_document(
        contract.subject, by=by, at=at, kind="contract", title=f"계약서 {contract.number}-{number}.pdf",
        media_type="application/pdf", data=data,
    )  # fmt: skip
    statement = canonical(
        {
            "kind": "contract", "contract": contract.number, "text": number, "value": value,
            "starts": _day(contract.starts), "ends": ends.isoformat(),
            "tender": contract.tender_number, "buyer": named[contract.buyer_id].identifier,
            "supplier": named[contract.supplier_id].identifier, "template": row.id,
            "document": kept.content_id,
        }
    )  # fmt: skip
    return Text.objects.create(
        contract=contract, number=number, value=value, starts=contract.starts, ends=ends,
        template=row.id, statement=statement.decode(), document=kept.pk,
        document_hash=kept.content_id, made_at=at,
    )  # fmt: skip


def document(template: str, said: dict[str, Any]) -> bytes:
    """The PDF of a contract, Korean font embedded, without a date of its own: same in, same out."""
    origin = Path(get_template(f"contract/{template}").origin.name)
    inputs = {"data": json.dumps(said, ensure_ascii=False)}
    return typst.compile(str(origin), font_paths=FONTS, ignore_system_fonts=True, sys_inputs=inputs)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _side(party: PartyRow) -> str:
    return f"{party.name} ({party.identifier})"


def _content(
    contract: Contract, buyer: PartyRow, supplier: PartyRow, value: int, ends: date
) -> dict[str, Any]:
    on, regime = contract.rule_day, contract.regime
    security = performance(value=value, regime=regime, on=on)
    damages = table("payment/delay_damages").on(on, regime=regime, category=contract.category)
    days = {
        kind: table("deadline/steps").on(on, kind=kind, regime=regime)
        for kind in ("inspection", "payment", "progress_payment", "subcontract_payment")
    }
    kind = _CATEGORIES[contract.category]
    waived = " (면제: 지급확약서로 갈음할 수 있습니다)" if security.waivable else ""
    return {
        "heading": f"{kind}도급계약서" if contract.category == "works" else f"{kind}계약서",
        "number": contract.number,
        "buyer": _side(buyer),
        "supplier": _side(supplier),
        "rows": [
            ["계약명", contract.title],
            ["계약번호", f"{contract.number} (공고 {contract.tender_number})"],
            ["계약금액", f"{value:,}원 (금 {hangul_amount(value)} 원, 부가가치세 포함)"],
            ["계약기간", f"{_day(contract.starts)} ~ {ends.isoformat()}"],
            ["이행장소", contract.place or "-"],
            ["계약보증금", f"{security.amount:,}원{waived}"],
        ],
        "clauses": [
            ["제1조", "발주기관과 계약상대자는 위 내용에 따라 계약을 이행합니다.",
             "국가계약법 제5조" if regime == "national" else "지방계약법 제6조"],
            ["제2조", f"이행을 마치면 발주기관에 알리고, 발주기관은 {days['inspection'].text('days')}일 "
             "안에 검사합니다.", days["inspection"].law],
            ["제3조", f"검사를 마친 뒤 청구하면 {days['payment'].text('days')}일 안에 대금을 지급합니다. "
             "공휴일과 토요일은 세지 않습니다.", days["payment"].law],
            ["제4조", f"기성대가는 {days['progress_payment'].text('days')}일 안에 지급합니다.",
             days["progress_payment"].law],
            ["제5조", f"이행이 늦으면 하루에 1천분의 {damages.text('per_thousand')}을 내며, 모두 합하여 "
             f"{damages.text('cap')}%를 넘지 않습니다.", damages.law],
            ["제6조", f"하도급대금은 대금을 받은 날부터 {days['subcontract_payment'].text('days')}일 안에 "
             "지급되며, 이 계약의 청구는 받을 사람을 모두 적어 냅니다.", days["subcontract_payment"].law],
            ["제7조", "인도 전에 생긴 손해는 발주기관의 책임이 아닌 한 계약상대자가 부담합니다.", ""],
        ],
    }  # fmt: skip
