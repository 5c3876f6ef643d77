"""Programs that call the contract's door for one person each."""

import json
from typing import Any

from django.db import connection
from django.test import Client

from jangteo.interfaces.rehearsal import sandbox
from jangteo.records.account.actions import issue_token
from jangteo.records.journal.queries import now
from tests.stages.award.opened import AT, DAY
from tests.stages.contract.signed import Signed

LATER = AT + DAY


class Machine:
    """who: a name of Opened.people; "" is a program without a key."""

    def __init__(self, made: Signed, who: str = "") -> None:
        self.made, self.who = made, who
        if now() < LATER:  # a call comes after what the builders wrote
            sandbox.forward_to(connection, LATER)
        headers = {"accept-language": "en"}
        if who:
            account, party = made.here.people[who]
            token = issue_token(at=AT, account_id=account.pk, party_id=party.pk, label=who)
            headers["authorization"] = f"Bearer {token}"
        self.client = Client(headers=headers)

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """(status, JSON); path after /api/v1."""
        data = json.dumps(body) if body is not None else ""
        got = self.client.generic(method, f"/api/v1{path}", data, content_type="application/json")
        return got.status_code, json.loads(got.content)

    def get(self, path: str) -> Any:
        status, found = self.call("GET", path)
        assert status == 200, found
        return found

    def post(self, path: str, body: Any = None) -> Any:
        status, found = self.call("POST", path, body if body is not None else {})
        assert status == 200, found
        return found

    def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """(status, code) of a refusal that says how to go on."""
        status, found = self.call(method, path, body if body is not None else {})
        assert status >= 400, found
        error = found["error"]
        assert error["message"], found
        return status, error["code"]

    def signature(self) -> dict[str, str]:
        """What a program signs: the statement that the door itself gives."""
        return self.made.signature(self.who)


__all__ = ["Machine"]
