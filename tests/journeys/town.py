"""The practice world in which people walk, and tenders made in it by other people's machines."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import Agency, SealedPrice, Supplier
from jangteo.interfaces.rehearsal.stack import Stack
from jangteo.interfaces.rehearsal.world.scenes import working_moment

#: 건축공사업: the builder among the personas holds it
LICENCE = "0002"
BASE = 200_000_000
NOTICE_DAYS = 17


@dataclass(frozen=True, slots=True)
class Town:
    """agency: of the officers among the personas; builder: of the agent among them;
    others: who hold the same licence."""

    stack: Stack
    doors: Doors
    agency: Agency
    builder: Supplier
    others: list[Supplier]

    @property
    def visitor(self) -> Person:
        """Somebody without a token, who asks the API."""
        return self.doors.as_()

    def publish(self, title: str, **terms: Any) -> str:
        """A tender of the personas' agency that asks for nothing the builder lacks."""
        deadline = working_moment(self.stack.now(), NOTICE_DAYS, 11)
        plain = {
            "title": title,
            "description": "학교 지붕의 방수층을 걷어 내고 새로 시공합니다.",
            "site": "가온시 새싹로 1",
            "base_amount": BASE,
            "estimated_price": BASE * 10 // 11,
            "budget_amount": BASE,
            "a_value": 5_000_000,
            "base_net_cost": BASE * 85 // 100,
            "licences": [LICENCE],
            "bidding_from": play.iso(deadline - timedelta(hours=72)),
            "deadline": play.iso(deadline),
            "opening_at": play.iso(deadline + timedelta(hours=1)),
        }
        return play.publish(self.agency, plain | terms)

    def result(self, number: str) -> dict[str, Any]:
        """What the API says of an opening, in Korean."""
        url = f"{self.doors.site_url}/api/v1/tenders/{number}/result"
        answer = self.doors.http.get(url, headers={"Accept-Language": "ko"})
        return dict(answer.json())

    def deadline(self, number: str) -> datetime:
        """When bids for it close."""
        found = self.visitor.get(f"/tenders/{number}")
        return datetime.fromisoformat(found["deadline"]).astimezone(KST)

    def to_bidding(self, number: str) -> None:
        """Move the clock on into the last hour in which bids are taken."""
        self.stack.forward_to(self.deadline(number) - timedelta(minutes=50))

    def to_opening(self, number: str) -> None:
        """Move the clock on past the time of the opening."""
        self.stack.forward_to(self.deadline(number) + timedelta(hours=1, minutes=1))

    def bid(self, number: str, *prices: int) -> list[dict[str, Any]]:
        """Let other suppliers bid these prices; the numbers they pick differ."""
        bids = [
            SealedPrice(supplier, price, (1 + n % 15, 1 + (n + 4) % 15))
            for n, (supplier, price) in enumerate(zip(self.others, prices, strict=False))
        ]
        return play.send_bids(self.doors, number, bids)
