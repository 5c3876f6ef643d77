"""What intake says: JSON bodies, and every refusal as a sentence in the reader's language."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations
from typing import Any

from jangteo.stages.bid.actions.receipt import check_phrase
from jangteo.stages.bid.actions.refusals import REFUSALS

RETRY_AFTER = b"2"


class Refused(Exception):
    """A request that is not taken; the code is in refusals.py."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer."""

    status: int
    body: bytes
    retry: bool = False


def say(status: int, value: dict[str, Any]) -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value, sort_keys=True, ensure_ascii=False).encode())


def receipt_reply(text: str, digest: bytes, *, new: bool) -> Reply:
    """The receipt and its check phrase; the same bytes however often it is asked for."""
    body = {"phrase": check_phrase(digest), "receipt": json.loads(text)}
    return say(201 if new else 200, body)


def refusal_reply(
    refused: Refused, *, at: datetime | None, language: str, korean: NullTranslations
) -> Reply:
    """The refusal as a JSON error with its sentence, repair, article, trace and server time."""
    row = REFUSALS[refused.code]
    said = korean.gettext if language == "ko" else str
    shown = {name: said(value) if value else "" for name, value in refused.params.items()}
    error = {
        "code": refused.code,
        "message": said(row.text).format(**shown),
        "repair": said(row.repair).format(**shown),
        "law": row.law,
        "field": "",
        "params": refused.params,
        "trace": secrets.token_hex(8),
        "time": at.isoformat() if at else None,
    }
    reply = say(row.status, {"error": error})
    return Reply(reply.status, reply.body, retry=row.status == 503)
