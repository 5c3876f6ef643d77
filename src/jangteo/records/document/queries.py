"""Ask for documents."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from jangteo.ground.errors import N_, Refusal
from jangteo.records.document.models import Document


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its bytes."""

    id: uuid.UUID
    subject: str
    kind: str
    title: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime


def _row(found: Document) -> DocumentRow:
    return DocumentRow(
        found.id, found.subject, found.kind, found.title, found.media_type,
        found.content.size, found.content_id, found.added_at,
    )  # fmt: skip


def documents(subject: str) -> list[DocumentRow]:
    """The documents of a subject, oldest first."""
    rows = Document.objects.filter(subject=subject).select_related("content")
    return [_row(found) for found in rows.defer("content__data").order_by("added_at", "id")]


def document_with_bytes(document_id: uuid.UUID) -> tuple[DocumentRow, bytes]:
    """One document and its bytes; Refusal `document.unknown` (404)."""
    found = Document.objects.filter(pk=document_id).select_related("content").first()
    if found is None:
        raise Refusal(
            "document.unknown",
            N_("There is no such document."),
            repair=N_("Go back to the page that lists it."),
            status=404,
        )
    return _row(found), bytes(found.content.data)
