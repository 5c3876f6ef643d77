"""A bank to practise on: pays each key once.

Besides the habits of every partner, by the last four digits of the account: 9005 no such account,
9006 another holder, 9007 confirms one won less than was ordered, 9010 taken and then sent back,
9011 taken and never heard of again.
"""

from jangteo.ground.errors import Refusal
from jangteo.interfaces.links.partner import Held, Order, Partner, Reply, Verdict
from jangteo.interfaces.links.systems.bank.translate import DONE, NEVER, TAKEN, split, write

_REFUSED = {
    "9005": ("0101", "수취계좌가 없습니다."),
    "9006": ("0102", "예금주명이 다릅니다."),
    "9010": ("0103", "수취은행에서 반환되었습니다."),
}
_OWN = ("claim", "bank", "account", "name", "amount")


class Bank(Partner):
    """Speaks fixed-length text."""

    mark = "K"
    other_body = ("0190", "같은 거래고유번호로 다른 거래가 있습니다.")

    def handle(self, path: str, body: bytes) -> Reply:
        """A transfer or an inquiry; 400 for what is neither."""
        try:
            (said,) = split(body)
        except (Refusal, ValueError):
            return Reply(b"", 400)
        if said["kind"] == "0600":
            return self.ask(said["key"], said["sent_at"])
        if said["kind"] != "0200":
            return Reply(b"", 400)
        fields = {name: said[name] for name in _OWN}
        amount, at = int(said["amount"]), said["sent_at"]
        return self.take(Order(said["key"], "이체", said["account"], amount, at, fields))

    def judge(self, order: Order) -> Verdict:
        """Pay, unless the account is one of those that are refused."""
        code, said = _REFUSED.get(order.digits[-4:], ("", ""))
        short = 1 if order.digits[-4:] == "9007" else 0
        return Verdict(code, said, order.amount - short)

    def write(self, held: Held, *, asked: bool, times: int = 1) -> bytes:
        """The answer, as often as the habit wants it."""
        codes = {"accepted": TAKEN, "done": DONE, "never": NEVER}
        known = self.book.find(held.key)
        text = {
            "kind": "0610" if asked else "0210", "key": held.key, "amount": str(held.amount),
            "code": codes.get(held.state, held.code), "reference": held.reference,
            "done_at": held.at if held.state == "done" else "", "said": held.said,
            "sent_at": held.at,
        }  # fmt: skip
        if known is not None:
            text |= {name: known[0].fields[name] for name in ("claim", "bank", "account", "name")}
        return write(text) * times


SIMULATOR = Bank
