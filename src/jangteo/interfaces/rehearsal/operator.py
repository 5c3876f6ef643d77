"""The platform's operator, who approves registrations: made through the records' own doors."""

from jangteo.records.account.actions import enter_account, give_role, issue_token
from jangteo.records.account.queries import account_named
from jangteo.records.journal.queries import now
from jangteo.records.party.actions import enter_party
from jangteo.records.party.queries import party_by_identifier

IDENTIFIER, USERNAME = "0000001", "operator"


def operator_token() -> str:
    """A fresh machine token of the operator, who is entered first where there is none."""
    at = now()
    known = party_by_identifier("platform", IDENTIFIER)
    party_id = known.id if known else enter_party(
        at=at, kind="platform", identifier=IDENTIFIER, name="장터 운영", region="36",
        name_en="Jangteo operations",
    ).pk  # fmt: skip
    account = account_named(USERNAME) or enter_account(username=USERNAME, name="운영자")
    give_role(at=at, account_id=account.pk, party_id=party_id, role="operator")
    return issue_token(at=at, account_id=account.pk, party_id=party_id, label="operator")
