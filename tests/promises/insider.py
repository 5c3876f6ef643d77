"""A superuser of the database who acts through the application, with a clock of his own choosing.

DATABASE_URL=<owner's> python -m tests.promises.insider NUMBER SCOPE USERNAME AT: one JSON object,
what was tried -> how it was refused ("" if it was not).
"""

import json
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django


def refused(do: Callable[[], Any]) -> str:
    """The stable code of a refusal, or what the database said."""
    from django.db import Error, transaction

    from jangteo.ground.errors import Refusal

    try:
        with transaction.atomic():
            do()
    except Refusal as refusal:
        return refusal.code
    except Error as error:
        return str(error).splitlines()[0]
    return ""


def main(number: str, scope: str, username: str, moment: str) -> None:
    """Try everything as the opening officer, at a moment that has not come."""
    django.setup()
    from jangteo.records.account.queries import account_named, actor_for
    from jangteo.records.vault import actions as vault
    from jangteo.records.vault.models import Release, ReleaseRequest
    from jangteo.records.vault.statements import release_text
    from jangteo.stages.opening import actions
    from jangteo.stages.opening.models import Opening, Result
    from jangteo.stages.tender.queries import notice

    account, at = account_named(username), datetime.fromisoformat(moment)
    assert account is not None
    by, found = actor_for(account, None, at=at), notice(number)
    assert found.deadline is not None
    honest = release_text(scope=scope, deadline=found.deadline, root="ab" * 32, count=0)
    opening = Opening(
        id=uuid.uuid4(), tender_id=found.tender_id, buyer_id=found.buyer_id, lot="1", round=0,
        version=found.version, status="requested", tender_number=number, prepared_at=at,
    )  # fmt: skip
    asked = ReleaseRequest(scope=scope, statement=honest, signatures=[], asked_at=at)
    given = Release(
        scope=scope, custodian="audit", price_private="A" * 43, signature="A" * 86, released_at=at
    )
    result = Result(
        opening=opening, outcome="published", code="opening.ranked", law="", rates_from="seeds",
        verified="none", bundle=b"", bundle_hash="", published_at=at,
    )  # fmt: skip
    tried: dict[str, Callable[[], Any]] = {
        "prepare": lambda: actions.prepare(by=by, at=at, number=number),
        "close_set": lambda: actions.close_set(by=by, at=at, number=number),
        "hold_opening": lambda: actions.hold_opening(by=by, at=at, number=number),
        "request_release": lambda: vault.request_release(
            scope=scope, statement=honest, signatures=[], at=at
        ),
        "save request": asked.save,
        "save release": given.save,
        "save opening": opening.save,
        "save result": lambda: Result.objects.bulk_create([result]),
    }
    print(json.dumps({name: refused(do) for name, do in tried.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
