"""Keep a file."""

import hashlib
from datetime import datetime

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.models import Content, Document

LARGEST = 20 * 1024 * 1024


def add_document(
    subject: str, *, by: Actor, at: datetime, kind: str, title: str, media_type: str, data: bytes
) -> Document:
    """Keep a file of at most 20 MiB for a subject; Refusal `document.too_large` (422)."""
    if len(data) > LARGEST:
        raise Refusal(
            "document.too_large",
            N_("The file is larger than 20 MiB."),
            repair=N_("Split it, or save it with smaller pictures."),
            field="file",
        )
    digest = hashlib.sha256(data).hexdigest()
    content, _ = Content.objects.get_or_create(
        sha256=digest, defaults={"data": data, "size": len(data)}
    )
    return Document.objects.create(
        subject=subject, kind=kind, title=title, media_type=media_type, content=content,
        added_at=at, added_by=by.account_id,
    )  # fmt: skip
