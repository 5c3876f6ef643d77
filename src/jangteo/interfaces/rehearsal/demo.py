"""One tender from notice to result in the running practice world, at a pace people can read."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.play import Agency, SealedPrice, Supplier
from jangteo.interfaces.rehearsal.world import scenes

BASE, A_VALUE = 141_614_000, 5_432_100
BIDDERS = 7


class Demo:
    """forward_to moves the sandbox's clock; say prints a step; pause: seconds between steps."""

    def __init__(
        self,
        doors: Doors,
        forward_to: Callable[[datetime], None],
        *,
        say: Callable[[str], None],
        pause: float,
    ) -> None:
        self.doors, self.forward_to, self.say, self.pause = doors, forward_to, say, pause

    def step(self, text: str, path: str = "") -> None:
        """Say one step with the address of its page, and let people read it."""
        self.say(f"• {text}" + (f"\n    {self.doors.site_url}{path}" if path else ""))
        time.sleep(self.pause)

    def run(self, agency: Agency, suppliers: list[Supplier], now: datetime) -> str:
        """Play the tender; its number."""
        deadline = scenes.working_moment(now, 9, 10)
        number = self.publish(agency, deadline)
        self.bid(suppliers, number, deadline)
        self.open(agency, number, deadline)
        return number

    def publish(self, agency: Agency, deadline: datetime) -> str:
        """Draft, keys, notice."""
        terms = {
            "title": "시연: 중앙도서관 옥상 방수공사",
            "description": "시연을 위한 연습용 공고입니다.",
            "site": "중앙도서관",
            "base_amount": BASE,
            "estimated_price": BASE * 10 // 11,
            "a_value": A_VALUE,
            "bidding_from": play.iso(deadline - timedelta(hours=72)),
            "deadline": play.iso(deadline),
            "opening_at": play.iso(deadline + timedelta(hours=1)),
        }
        number = play.draft(agency, terms)
        self.step(f"The contract officer drafts a notice: {number}", f"/my/tenders/{number}")
        play.make_custody(agency, number)
        self.step(
            "Three custodians make the lot's keys; the agency and the platform each commit a seed "
            "for the 15 preliminary prices",
            f"/my/tenders/{number}",
        )
        agency.contract.post(f"/tenders/{number}/publish")
        self.step("The notice is published and its law is fixed", f"/tenders/{number}")
        return number

    def bid(self, suppliers: list[Supplier], number: str, deadline: datetime) -> None:
        """Move to the bidding days and send sealed bids."""
        self.forward_to(deadline - timedelta(hours=26))
        self.step("The clock moves to the day before the deadline")
        chance = random.Random(number)
        for supplier in suppliers[:BIDDERS]:
            price = A_VALUE + (BASE - A_VALUE) * chance.randrange(89_600, 91_400) // 100_000
            one, other = chance.sample(range(1, 16), 2)
            bid = SealedPrice(supplier, price, (one, other))
            receipt = play.send_bid(self.doors, number, bid)
            self.step(
                f"{supplier.name} seals {price:,} won and gets receipt {receipt['hash'][:16]}…; "
                "nobody here can read the price",
                f"/receipts/{receipt['hash']}",
            )

    def open(self, agency: Agency, number: str, deadline: datetime) -> None:
        """Pass the deadline, ask for the keys, open."""
        self.forward_to(deadline + timedelta(hours=1))
        self.step("The deadline has passed; the opening may begin", f"/tenders/{number}/opening")
        result = play.hold_opening(agency, number)
        self.step(
            "Two people signed, two of three custodians released the keys, all envelopes opened",
            f"/tenders/{number}/opening",
        )
        drawn = [str(r["number"]) for r in result["prices"] if r["drawn"]]
        self.step(
            f"Numbers {', '.join(drawn)} were drawn: reserve price "
            f"{result['reserve_price']:,} won, floor {result['floor_price']:,} won",
            f"/tenders/{number}/why",
        )
        first = [row for row in result["bids"] if row["rank"] == 1]
        for row in first:
            self.step(
                f"Rank 1: {row['name']} with {row['amount']:,} won ({row['rate']} %)",
                f"/tenders/{number}/result",
            )
