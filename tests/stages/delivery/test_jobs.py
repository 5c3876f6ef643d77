"""What a contract sets off, and who hears of inspections: each fact is heard twice here."""

import pytest
from django.utils import translation

from jangteo.config import timetable
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import fact_of
from jangteo.records.message.models import Message
from jangteo.stages.delivery import jobs
from jangteo.stages.delivery.models import Delivery
from jangteo.ui.sentences import sentence
from tests.stages.delivery.works import AT, Works, works

pytestmark = pytest.mark.django_db


def hear(kind: str) -> None:
    """Every fact of a kind is heard twice by this stage's listeners of the timetable."""
    mine = [one for one in timetable.LISTENERS[kind] if one.__module__ == jobs.__name__]
    assert mine
    for entry in Entry.objects.filter(kind=kind):
        for listener in (*mine, *mine):
            listener(fact_of(entry))


def inbox(here: Works, who: str) -> list[str]:
    found = Message.objects.filter(party=here.street.parties[who]).order_by("at", "id")
    assert {one.link for one in found} <= {f"/contracts/{here.number}/delivery"}
    return [one.text.format(**one.params) for one in found]


def tell(here: Works, kind: str) -> None:
    record(kind, f"contract:{here.number}", by=Actor.system("test"), at=AT)


def test_a_contract_in_force_opens_its_delivery_once() -> None:
    here = works(started=False)
    Delivery.objects.all().delete()
    tell(here, "contract.conclude")
    hear("contract.conclude")
    found = Delivery.objects.get()
    assert (found.contract_number, found.status) == (here.number, "awaiting_start")
    assert (found.opened_at, found.buyer_id) == (AT, here.contract.buyer_id)


def test_a_terminated_contract_stops_its_delivery_once() -> None:
    here = works()
    here.change(status="terminated", ended_at=AT)
    tell(here, "contract.terminate")
    hear("contract.terminate")
    assert Delivery.objects.get().status == "stopped"
    assert Entry.objects.filter(kind="delivery.stop").count() == 1


def test_a_termination_that_is_heard_before_the_conclusion_still_stops() -> None:
    here = works(started=False)
    Delivery.objects.all().delete()
    here.change(status="terminated", ended_at=AT)
    tell(here, "contract.terminate")
    tell(here, "contract.conclude")
    hear("contract.terminate")
    hear("contract.conclude")
    assert Delivery.objects.get().status == "stopped"


def test_both_sides_hear_of_each_step_once() -> None:
    here = works()
    here.request()
    here.mend()
    here.again()
    here.accept()
    here.request(1)
    here.withdraw()
    for kind in (
        "delivery.start", "inspection.order_correction", "inspection.request_again",
        "inspection.accept", "inspection.withdraw_request", "inspection.request",
    ):  # fmt: skip
        hear(kind)
    title = here.contract.title
    assert sorted(inbox(here, "claimant")) == [
        f"30000000 won of “{title}” are accepted; you can claim them.",
        f"Your notice of 1 won of “{title}” is in; inspected by 2026-12-08.",
        f"Your notice of 30000000 won of “{title}” is in; inspected by 2026-12-08.",
        f"Your notice of “{title}” is in: inspected by 2026-12-08.",
        f"“{title}”: mend what was found by 2026-12-04, then notify.",
    ]
    assert sorted(inbox(here, "inspector")) == [
        f"30000000 won of “{title}” were inspected and accepted.",
        f"“{title}”: the supplier has to mend it by 2026-12-04.",
        f"한빛건설 has begun the works of “{title}” on 2026-11-02.",
        f"한빛건설 mended “{title}”: inspect it again by 2026-12-08.",
        f"한빛건설 notified 1 won of “{title}”: inspect by 2026-12-08.",
        f"한빛건설 notified 30000000 won of “{title}”: inspect by 2026-12-08.",
        f"한빛건설 withdrew its notice for “{title}”.",
    ]


def test_messages_read_well_in_korean() -> None:
    here = works()
    here.request()
    hear("inspection.request")
    with translation.override("ko"):
        said = sorted(sentence(one.text, one.params) for one in Message.objects.all())
    assert said == [
        "“복지관 지붕 보수공사” 30,000,000원의 이행 통지를 접수했습니다."
        " 2026. 12. 8.(화)까지 검사합니다.",
        "한빛건설의 “복지관 지붕 보수공사” 30,000,000원 이행 통지가 들어왔습니다."
        " 2026. 12. 8.(화)까지 검사하세요.",
    ]
