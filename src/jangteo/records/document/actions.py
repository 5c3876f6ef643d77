"""Keep a file."""

import hashlib
import re
import unicodedata
from datetime import datetime

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.models import Content, Document

LARGEST = 20 * 1024 * 1024
LONGEST_TITLE, LONGEST_TYPE = 200, 100
_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
#: control characters, halves of letters, line and paragraph ends
_NO_LETTER = {"Cc", "Cs", "Zl", "Zp"}
_TYPE = re.compile(f"{_NAME}/{_NAME}")


def add_document(
    subject: str, *, by: Actor, at: datetime, kind: str, title: str, media_type: str, data: bytes
) -> Document:
    """Keep a file of at most 20 MiB for a subject; Refusal `document.too_large` (422).

    Title and media type go into the head of the download: Refusal `document.title.malformed` or
    `document.media_type.malformed` (400) for what cannot stand there.
    """
    _fit(title, media_type)
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


def _fit(title: str, media_type: str) -> None:
    broken = any(unicodedata.category(letter) in _NO_LETTER for letter in title)
    if not title.strip() or len(title) > LONGEST_TITLE or broken:
        raise Refusal(
            "document.title.malformed",
            N_("A document's title is one line of 1 to {most} characters."),
            repair=N_("Give it a shorter title, without line breaks."),
            field="title",
            status=400,
            most=LONGEST_TITLE,
        )
    if len(media_type) > LONGEST_TYPE or not _TYPE.fullmatch(media_type):
        raise Refusal(
            "document.media_type.malformed",
            N_("The media type is not of the form type/subtype."),
            repair=N_("Send a type such as application/pdf, at most {most} characters."),
            field="media_type",
            status=400,
            most=LONGEST_TYPE,
        )
