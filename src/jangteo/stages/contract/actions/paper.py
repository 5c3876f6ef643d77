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
        contract.subject, by=by, at=at, kind="contract", title=f"{contract.number}-{number}.pdf",
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
    return {
        "category": contract.category,
        "number": contract.number,
        "tender": contract.tender_number,
        "title": contract.title,
        "place": contract.place,
        "buyer": _side(buyer),
        "supplier": _side(supplier),
        "value": f"{value:,}",
        "hangul": hangul_amount(value),
        "starts": _day(contract.starts),
        "ends": ends.isoformat(),
        "security": f"{security.amount:,}",
        "waivable": security.waivable,
        "damages": {name: damages.text(name) for name in ("per_thousand", "cap")},
        "law": {"damages": damages.law} | {kind: row.law for kind, row in days.items()},
        "days": {kind: row.text("days") for kind, row in days.items()},
    }
