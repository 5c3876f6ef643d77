"""Between us and the budget system's words: JSON in UTF-8 with Korean names.

An order or inquiry is one object; an answer is {"응답": [object, …]}, each about one 전문번호 with
처리상태 접수 (taken), 완료 (done), 반려 (refused) or 없음 (never received). Numbers are whole won.
"""

import json
import re
from datetime import datetime
from typing import Any

from jangteo.ground.clock import KST
from jangteo.interfaces.links.link import Call, Outcome, misfit, nonsense
from jangteo.records.exchange.questions import BudgetCommitment, DisbursementOrder, Message

JSON = "application/json; charset=utf-8"
KINDS = {"new": "신규", "change": "변경", "cancel": "취소"}
STATES = {"접수": "accepted", "완료": "done", "반려": "rejected", "없음": "never"}
_FIELDS = {"전문번호", "처리상태", "접수번호", "처리금액", "처리일시", "오류코드", "오류내용"}
_CODE = re.compile(r"B\d{3}")


def order(message: Message, at: datetime) -> Call:
    """A commitment (원인행위) or a disbursement order (지출결의) in the system's words."""
    said: dict[str, Any] = {"전문번호": message.key, "전송일시": _moment(at)}
    if isinstance(message, BudgetCommitment):
        said |= {
            "업무구분": "원인행위", "계약번호": message.contract, "기관코드": message.agency,
            "예산과목": message.budget_line, "처리구분": KINDS[message.kind],
            "금액": message.amount, "원인행위일자": f"{message.on:%Y%m%d}",
        }  # fmt: skip
    elif isinstance(message, DisbursementOrder):
        said |= {
            "업무구분": "지출결의", "청구번호": message.claim, "계약번호": message.contract,
            "기관코드": message.agency, "예산과목": message.budget_line,
            "금액": message.amount, "지급기한": f"{message.due_on:%Y%m%d}",
        }  # fmt: skip
    else:
        raise misfit("question.not_taken")
    return Call("/orders", JSON, _bytes(said))


def inquire(message: Message, at: datetime) -> Call:
    """Ask what became of a message by its key."""
    said = {"전문번호": message.key, "전송일시": _moment(at), "업무구분": "조회"}
    return Call("/inquiries", JSON, _bytes(said))


def read(message: Message, body: bytes) -> tuple[Outcome, ...]:
    """The outcomes in an answer; Refusal `link.answer.*` for anything that is not one."""
    try:
        said = json.loads(body.decode("utf-8"), parse_float=_no_float)
    except ValueError as error:
        raise nonsense("answer.unreadable") from error
    rows = said.get("응답") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not rows or set(said) != {"응답"}:
        raise nonsense("answer.shape")
    return tuple(_outcome(message, row) for row in rows)


def _outcome(message: Message, row: Any) -> Outcome:
    if not isinstance(row, dict) or set(row) != _FIELDS:
        raise nonsense("answer.shape")
    words = {name: row[name] for name in _FIELDS - {"처리금액"}}
    if not all(isinstance(word, str) and len(word) <= 200 for word in words.values()):
        raise nonsense("answer.shape")
    if row["전문번호"] != message.key:
        raise nonsense("answer.other_key")
    state = STATES.get(row["처리상태"])
    if state == "accepted":
        return Outcome("accepted", reference=row["접수번호"])
    if state == "never":
        return Outcome("never")
    if state == "rejected":
        if not _CODE.fullmatch(row["오류코드"]):
            raise nonsense("answer.code")
        return Outcome(
            "rejected", row["접수번호"], row["오류코드"], {"reason": row["오류내용"]}
        )  # fmt: skip
    if state != "done":
        raise nonsense("answer.state")
    amount = row["처리금액"]
    if type(amount) is not int or amount != message.amount:
        raise nonsense("answer.amount")
    answer = {"amount": amount, "reference": row["접수번호"], "at": _read_moment(row["처리일시"])}
    return Outcome("done", row["접수번호"], answer=answer)


def _read_moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise nonsense("answer.moment") from error
    if moment.tzinfo is None:
        raise nonsense("answer.moment")
    return moment.isoformat()


def _moment(at: datetime) -> str:
    return at.astimezone(KST).isoformat(timespec="seconds")


def _bytes(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


def _no_float(text: str) -> int:
    raise ValueError(f"{text} is no whole number")
