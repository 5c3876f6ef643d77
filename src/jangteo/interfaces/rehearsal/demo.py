"""One tender from notice to the last payee in the running practice world, at a readable pace."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from jangteo.interfaces.rehearsal import play
from jangteo.interfaces.rehearsal.client import Doors
from jangteo.interfaces.rehearsal.play import Agency, SealedPrice, Supplier
from jangteo.interfaces.rehearsal.street.shown import Shown
from jangteo.interfaces.rehearsal.world import scenes

BASE, A_VALUE = 141_614_000, 5_432_100
NOTICE = "국가계약법 시행령 제35조, 지방계약법 시행령 제35조"
BIDDING = "전자조달법 시행령 제5조"
OPENING = "국가계약법 시행령 제40조, 지방계약법 시행령 제40조"
RANKED = "국가계약법 시행령 제42조제1항, 지방계약법 시행령 제42조제1항"
BIDDERS = 7
#: won of 100,000 beside A: so wide that some stay ranked wherever the draw puts the floor
LOWEST, STEP = 89_600, 700


class Demo:
    """forward_to moves the sandbox's clock, now reads it; say prints a step.

    pause: seconds between steps.
    """

    def __init__(
        self,
        doors: Doors,
        forward_to: Callable[[datetime], None],
        *,
        now: Callable[[], datetime],
        say: Callable[[str], None],
        pause: float,
    ) -> None:
        self.doors, self.forward_to, self.now = doors, forward_to, now
        self.say, self.pause = say, pause

    def step(self, text: str, path: str = "", law: str = "") -> None:
        """Say one step with its article and the address of its page, and let people read it."""
        where = f"{self.doors.site_url}{path}" if path else ""
        below = "  ".join(part for part in (where, law) if part)
        self.say(f"• {text}" + (f"\n    {below}" if below else ""))
        time.sleep(self.pause)

    def run(self, agency: Agency, suppliers: list[Supplier]) -> str:
        """Play the tender to the last payee; the contract's number."""
        deadline = scenes.working_moment(self.now(), 9, 10)
        number = self.publish(agency, deadline)
        self.bid(suppliers, number, deadline)
        self.open(agency, number, deadline)
        shown = Shown(
            self.doors, agency, suppliers[:BIDDERS], step=self.step, forward_to=self.forward_to,
            now=self.now,
        )  # fmt: skip
        return shown.run(number)

    def publish(self, agency: Agency, deadline: datetime) -> str:
        """Draft, keys, notice."""
        terms = {
            "title": "시연: 중앙도서관 옥상 방수공사",
            "description": "시연을 위한 연습용 공고입니다.",
            "site": "중앙도서관",
            "base_amount": BASE,
            "estimated_price": BASE * 10 // 11,
            "budget_amount": BASE,
            "a_value": A_VALUE,
            "base_net_cost": BASE * 85 // 100,
            "bidding_from": play.iso(deadline - timedelta(hours=72)),
            "deadline": play.iso(deadline),
            "opening_at": play.iso(deadline + timedelta(hours=1)),
        }
        number = play.draft(agency, terms)
        mine = f"/my/tenders/{number}"
        self.step(f"The contract officer drafts a notice: {number}", mine, NOTICE)
        play.make_custody(agency, number)
        self.step(
            "Three custodians make the lot's keys; the agency and the platform each commit a seed "
            "for the 15 preliminary prices",
            mine,
            BIDDING,
        )
        agency.contract.post(f"/tenders/{number}/publish")
        self.step("The notice is published and its law is fixed", f"/tenders/{number}", NOTICE)
        return number

    def bid(self, suppliers: list[Supplier], number: str, deadline: datetime) -> None:
        """Move to the bidding days and send sealed bids."""
        self.forward_to(deadline - timedelta(hours=26))
        self.step("The clock moves to the day before the deadline")
        chance = random.Random(number)
        for place, supplier in enumerate(suppliers[:BIDDERS]):
            share = LOWEST + STEP * place + chance.randrange(STEP)
            price = A_VALUE + (BASE - A_VALUE) * share // 100_000
            one, other = chance.sample(range(1, 16), 2)
            bid = SealedPrice(supplier, price, (one, other))
            receipt = play.send_bid(self.doors, number, bid)
            self.step(
                f"{supplier.name} seals {price:,} won and gets receipt {receipt['hash'][:16]}…; "
                "nobody here can read the price",
                f"/receipts/{receipt['hash']}",
                BIDDING,
            )

    def open(self, agency: Agency, number: str, deadline: datetime) -> None:
        """Pass the deadline, ask for the keys, open."""
        self.forward_to(deadline + timedelta(hours=1))
        opening, why = f"/tenders/{number}/opening", f"/tenders/{number}/why"
        self.step("The deadline has passed; the opening may begin", opening, OPENING)
        result = play.hold_opening(agency, number)
        self.step(
            "Two people signed, two of three custodians released the keys, all envelopes opened",
            opening,
            OPENING,
        )
        drawn = [str(r["number"]) for r in result["prices"] if r["drawn"]]
        self.step(
            f"Numbers {', '.join(drawn)} were drawn: reserve price "
            f"{result['reserve_price']:,} won, floor {result['floor_price']:,} won",
            why,
            OPENING,
        )
        first = [row for row in result["bids"] if row["rank"] == 1]
        for row in first:
            self.step(
                f"Rank 1: {row['name']} with {row['amount']:,} won ({row['rate']} %)",
                f"/tenders/{number}/result",
                RANKED,
            )
