"""A budget system to practise on: keeps what is bound to each contract, pays out no more than that.

Besides the habits of every partner, by the last four digits of the budget line: 9005 no such line,
9006 no money left on it, 9007 binds money but refuses to pay it out.
"""

import json
from typing import Any

from jangteo.interfaces.links.partner import Held, Order, Partner, Reply, Verdict

_STATES = {"accepted": "접수", "done": "완료", "rejected": "반려", "never": "없음"}
_BOUND = {
    "9005": ("B104", "예산과목이 없습니다."),
    "9006": ("B105", "예산 잔액이 부족합니다."),
}
_EVERY = {"업무구분", "전문번호", "전송일시"}
_OWN = {
    "원인행위": {"계약번호", "기관코드", "예산과목", "처리구분", "금액", "원인행위일자"},
    "지출결의": {"청구번호", "계약번호", "기관코드", "예산과목", "금액", "지급기한"},
    "조회": set(),
}


class Budget(Partner):
    """Speaks JSON with Korean names."""

    mark = "D"
    other_body = ("B190", "같은 전문번호로 다른 내용이 접수되어 있습니다.")

    def handle(self, path: str, body: bytes) -> Reply:
        """An order or an inquiry; 400 for what is neither."""
        try:
            said = json.loads(body)
        except ValueError:
            return Reply(b"", 400)
        if not _is_sound(said):
            return Reply(b"", 400)
        if path == "inquiries" and said["업무구분"] == "조회":
            return self.ask(said["전문번호"], said["전송일시"])
        if path != "orders" or said["업무구분"] == "조회":
            return Reply(b"", 404)
        fields = {name: said[name] for name in _OWN[said["업무구분"]]}
        digits = "".join(one for one in said["예산과목"] if one.isdigit())
        key, at = said["전문번호"], said["전송일시"]
        return self.take(Order(key, said["업무구분"], digits, said["금액"], at, fields))

    def judge(self, order: Order) -> Verdict:
        """Bind what is asked for; pay out what is bound and not yet paid."""
        contract = order.fields["계약번호"]
        bound, paid = self._standing(contract)
        if order.question == "원인행위":
            code, said = _BOUND.get(order.digits[-4:], ("", ""))
            if order.fields["처리구분"] == "변경" and order.amount < paid:
                code, said = "B103", "이미 지출한 금액보다 적게 변경할 수 없습니다."
            return Verdict(code, said, order.amount)
        if bound is None:
            return Verdict("B202", "원인행위가 없습니다.")
        if order.digits[-4:] == "9007" or paid + order.amount > bound:
            return Verdict("B201", "원인행위 잔액이 부족합니다.")
        return Verdict(amount=order.amount)

    def _standing(self, contract: str) -> tuple[int | None, int]:
        """(won bound to a contract, None if none ever was; won paid out of it).

        A cancelled contract binds nothing more, but what it owes for accepted work stays bound.
        """
        bound, paid = None, 0
        for effect in self.book.effects():
            if effect["fields"]["계약번호"] != contract:
                continue
            if effect["question"] == "지출결의":
                paid += effect["amount"]
            elif effect["fields"]["처리구분"] != "취소":
                bound = effect["amount"]
        return bound, paid

    def write(self, held: Held, *, asked: bool, times: int = 1) -> bytes:
        """The answer, as often as the habit wants it."""
        row = {
            "전문번호": held.key, "처리상태": _STATES[held.state], "접수번호": held.reference,
            "처리금액": held.amount if held.state == "done" else 0, "처리일시": held.at,
            "오류코드": held.code, "오류내용": held.said,
        }  # fmt: skip
        return json.dumps({"응답": [row] * times}, ensure_ascii=False).encode()


def _is_sound(said: Any) -> bool:
    if not isinstance(said, dict) or said.get("업무구분") not in _OWN:
        return False
    if set(said) != _EVERY | _OWN[said["업무구분"]]:
        return False
    amount = said.get("금액", 0)
    return type(amount) is int and all(
        isinstance(word, str) for name, word in said.items() if name != "금액"
    )


SIMULATOR = Budget
