"""Files of published tenders, for anybody; files of a draft, for the agency's own people."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import DocumentRow, document_with_bytes
from jangteo.stages.tender.queries import tender_for, versions


def document(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """One file, always to be saved and never run in our origin."""
    row, data = document_with_bytes(document_id)
    if not _may_read(request.actor, row):
        raise _unknown()
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.title)
    response["X-Content-SHA256"] = row.sha256
    return response


def _may_read(actor: Actor, row: DocumentRow) -> bool:
    kind, _, number = row.subject.partition(":")
    if kind != "tender":
        return False
    found = tender_for(actor, number)
    if found.draft and str(row.id) in found.draft.documents:
        return True
    return found.published and any(str(row.id) in notice.documents for notice in versions(number))


def _unknown() -> Refusal:
    return Refusal(
        "document.unknown",
        N_("There is no such document."),
        repair=N_("Go back to the page that lists it."),
        status=404,
    )
