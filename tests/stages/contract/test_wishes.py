"""What is asked about an award lapses when a contract on it is drafted."""

import pytest
from django.db import IntegrityError, transaction

from jangteo.records.journal.models import Entry
from jangteo.stages.award.models import Annulment, Award, Wish
from jangteo.stages.award.queries import tasks_for
from jangteo.stages.contract.models import Contract
from tests.simulation.tables.explore import LAPSE
from tests.stages.award.opened import AT, hear, kinds, read, refused
from tests.stages.contract.signed import Signed, awarded

pytestmark = pytest.mark.django_db
WISH = {"cause": "gave_up", "reason": "포기했습니다."}
TITLE = "Confirm the annulment of the award of “{title}”"


def wished() -> Signed:
    made = awarded()
    made.here.do("ask_annulment", "officer", **WISH)
    return made


def draft(made: Signed) -> Contract:
    found: Contract = made.do("draft", "officer", number=made.here.number)
    return found


def test_a_contract_ends_the_wish_and_whoever_asked_is_told() -> None:
    assert LAPSE.startswith("contract.draft")
    made = wished()
    here = made.here
    seen = read(here.number, "annul")
    draft(made)
    row = Wish.objects.get()
    assert (row.ended, row.ended_by, row.ended_at) == ("lapsed", None, AT)
    assert kinds(here.number)[-2:] == ["award.lapse_annulment", "contract.draft"]
    assert Entry.objects.get(kind="award.lapse_annulment").payload == {"wish": "annul"}
    before = len(here.inbox("bidder0"))
    hear("award.lapse_annulment")
    assert here.inbox("officer")[-1].endswith("a contract is made; the annulment asked for lapsed.")
    assert len(here.inbox("bidder0")) == before
    for who in ("officer", "approver"):
        assert TITLE not in [one.title for one in tasks_for(here.who(who), AT)]
        page = here.client(who).get(f"/tenders/{here.number}/award").content.decode()
        assert "Ask for the annulment" not in page and "Confirm: annul" not in page
        assert "Lapsed: it can no longer be confirmed" in page
    refused("award.annul.contract", lambda: here.do("annul", "approver", digest=seen), 409)
    refused("award.annul.nobody",
            lambda: here.do("refuse_annulment", "approver", digest=seen, reason="아니오"),
            409)  # fmt: skip
    refused("award.annul.nobody", lambda: here.do("withdraw_annulment", "officer"), 409)
    refused("award.annul.contract", lambda: here.do("ask_annulment", "officer", **WISH), 409)
    assert not Annulment.objects.exists()


def test_after_a_contract_that_is_given_up_it_is_asked_anew() -> None:
    made = wished()
    made.number = draft(made).number
    made.do("cancel", "officer", reason="업체가 서명하지 않습니다.")
    refused("award.annul.nobody", lambda: made.here.do("annul", "approver"), 409)
    made.here.do("ask_annulment", "officer", **WISH)
    made.here.do("annul", "approver")
    assert [row.ended for row in Wish.objects.order_by("id")] == ["lapsed", "confirmed"]
    assert Award.objects.get().status == "cancelled"


def test_the_database_keeps_wish_and_contract_apart() -> None:
    made = wished()
    award, who = Award.objects.get(), made.here.who("officer").account_id
    with pytest.raises(IntegrityError, match="annulment is asked for"), transaction.atomic():
        Contract.objects.create(
            number="X", award=award, tender=award.tender, tender_number=award.tender_number,
            buyer=award.buyer, supplier=award.supplier, title="", regime="national",
            category="works", rule_day=AT.date(), value=award.value, place="", created_at=AT,
            sign_due=AT, status="pending",
        )  # fmt: skip
    draft(made)
    with pytest.raises(IntegrityError, match="a contract on this award"), transaction.atomic():
        Wish.objects.create(
            award=award, verb="annul", cause="ruling", reason="x", asked_by=who, asked_at=AT
        )
