"""The page of one tender: what is bought, where it stands, what comes, how to check it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jangteo.interfaces.site import terms
from jangteo.interfaces.site.standing import line, standing
from jangteo.interfaces.site.street import Street, street
from jangteo.records.document.queries import documents
from jangteo.records.vault.queries import custody_state
from jangteo.stages.tender.queries import NoticeRow, history_for, notice, tender_for, versions


def tender(request: HttpRequest, number: str, version: str | None = None) -> HttpResponse:
    """`/tenders/<number>` is the version in force, `/tenders/<number>-<NNN>` one version."""
    found = tender_for(request.actor, number)
    inside = request.actor.party_id == found.buyer_id
    if not found.published:
        return redirect(f"/my/tenders/{number}")
    row = notice(number, int(version) if version else None)
    facts = history_for(request.actor, number)
    opened = next((fact.at for fact in facts if fact.kind in ("tender.open", "tender.fail")), None)
    way = street(row)
    label, kind = standing(row, request.at, way)
    context: dict[str, Any] = {
        "row": row,
        "state": {"label": label, "kind": kind},
        "steps": line(row, request.at, opened, way),
        "summary": terms.summary(row),
        "prices": terms.prices(row),
        "schedule": terms.schedule(row),
        "corrections": versions(number),
        "documents": [one for one in documents(f"tender:{number}") if str(one.id) in row.documents],
        "custody": custody_state(row.scope),
        "history": facts,
        "way": way,
        "next": _next(request, row, inside, way),
        "has_result": row.told or row.status == "hold",
        "inside": inside,
    }
    return render(request, "site/tender.html", context)


def _next(request: HttpRequest, row: NoticeRow, inside: bool, way: Street) -> dict[str, str]:
    """The one next action of this reader on this page; empty if there is none."""
    if not row.in_force:
        return {}
    if row.told:
        return _after(row, way)
    closed = row.deadline is not None and request.at >= row.deadline
    if row.status != "active":
        return {}
    if inside and closed:
        return {"url": f"/tenders/{row.number}/opening", "do": "open"}
    if inside:
        return {"url": f"/my/tenders/{row.number}", "do": "manage"}
    if closed:
        return {}
    if request.actor.party_kind == "supplier":
        return {"url": f"/tenders/{row.number}/bid", "do": "bid"}
    if not request.actor.signed_in:
        return {"url": f"/sign-in?next=/tenders/{row.number}/bid", "do": "sign_in"}
    return {}


def _after(row: NoticeRow, way: Street) -> dict[str, str]:
    """Behind the opening: the page that knows most, the money before the contract before …"""
    if way.contract is not None and way.sums is not None and way.sums.claimed:
        return {"url": f"/contracts/{way.contract.number}/trail", "do": "trail"}
    if way.contract is not None:
        return {"url": f"/contracts/{way.contract.number}", "do": "contract"}
    if way.examined is not None:
        return {"url": f"/tenders/{row.number}/award", "do": "award"}
    return {"url": f"/tenders/{row.number}/result", "do": "result"}
