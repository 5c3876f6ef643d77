"""Between us and the bank's words: fixed-length text (전문) of 325 bytes in EUC-KR.

Numbers are right-aligned with zeros, texts left-aligned with blanks. 0200 orders a transfer and
0210 answers; 0600 asks about one by its key and 0610 answers. An answer may hold several texts.
Codes: 0000 credited, 0001 taken and under way, 9404 never received, others refuse for good.
"""

from collections.abc import Mapping
from datetime import datetime

from jangteo.ground.clock import KST
from jangteo.interfaces.links.link import Call, Outcome, misfit, nonsense
from jangteo.interfaces.links.systems.bank.card import CARD
from jangteo.records.exchange.questions import Message, Transfer

TEXT = "text/plain; charset=euc-kr"
ENCODING = CARD.encoding
#: name -> (bytes, whether a number)
LAYOUT: Mapping[str, tuple[int, bool]] = {
    "length": (4, True),
    "kind": (4, True),
    "sent_at": (14, True),
    "key": (60, False),
    "claim": (13, False),
    "bank": (3, True),
    "account": (16, False),
    "name": (60, False),
    "amount": (13, True),
    "code": (4, False),
    "reference": (20, False),
    "done_at": (14, False),
    "said": (100, False),
}
LENGTH = sum(size for size, _ in LAYOUT.values())
DONE, TAKEN, NEVER = "0000", "0001", "9404"


def order(message: Message, at: datetime) -> Call:
    """A transfer in the bank's words; Refusal `link.order.*` for what its text cannot hold."""
    if not isinstance(message, Transfer):
        raise misfit("question.not_taken")
    return Call("", TEXT, write({**_shared(message, at), "kind": "0200"}))


def inquire(message: Message, at: datetime) -> Call:
    """Ask what became of a transfer by its key."""
    if not isinstance(message, Transfer):
        raise misfit("question.not_taken")
    return Call("", TEXT, write({**_shared(message, at), "kind": "0600"}))


def _shared(message: Transfer, at: datetime) -> dict[str, str]:
    digits = message.account.replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        raise misfit("order.account", field="account")
    return {
        "sent_at": f"{at.astimezone(KST):%Y%m%d%H%M%S}", "key": message.key,
        "claim": message.claim, "bank": message.bank, "account": digits,
        "name": message.payee_name, "amount": str(message.amount),
    }  # fmt: skip


def write(values: Mapping[str, str]) -> bytes:
    """One text; Refusal `link.order.too_long`, `.unwritable` or `.number` for a bad value."""
    parts = []
    for name, (size, number) in LAYOUT.items():
        value = str(LENGTH) if name == "length" else values.get(name, "")
        try:
            word = value.encode(ENCODING)
        except UnicodeEncodeError as error:
            raise misfit("order.unwritable", field=name) from error
        if len(word) > size:
            raise misfit("order.too_long", field=name)
        if any(byte < 32 for byte in word):
            raise misfit("order.unwritable", field=name)
        if number and word and not (word.isdigit() and value.isascii()):
            raise misfit("order.number", field=name)
        parts.append(word.rjust(size, b"0") if number else word.ljust(size, b" "))
    return b"".join(parts)


def split(body: bytes) -> list[dict[str, str]]:
    """The texts in a body, each by field; Refusal `link.answer.*` for anything else."""
    if not body or len(body) % LENGTH:
        raise nonsense("answer.length")
    return [_fields(body[at : at + LENGTH]) for at in range(0, len(body), LENGTH)]


def _fields(text: bytes) -> dict[str, str]:
    found, at = {}, 0
    for name, (size, number) in LAYOUT.items():
        word = text[at : at + size]
        at += size
        if number and not word.isdigit():
            raise nonsense("answer.number", field=name)
        try:
            found[name] = word.decode(ENCODING) if number else word.decode(ENCODING).rstrip(" ")
        except UnicodeDecodeError as error:
            raise nonsense("answer.unreadable", field=name) from error
    if int(found["length"]) != LENGTH:
        raise nonsense("answer.length")
    return found


def read(message: Message, body: bytes) -> tuple[Outcome, ...]:
    """The outcomes in an answer; Refusal `link.answer.*` for anything that is not one."""
    if not isinstance(message, Transfer):
        raise misfit("question.not_taken")
    return tuple(_outcome(message, text) for text in split(body))


def _outcome(message: Transfer, text: Mapping[str, str]) -> Outcome:
    if text["kind"] not in ("0210", "0610"):
        raise nonsense("answer.kind")
    if text["key"] != message.key:
        raise nonsense("answer.other_key")
    code, reference = text["code"], text["reference"]
    if code == NEVER and text["kind"] == "0610":
        return Outcome("never")
    account = message.account.replace("-", "")
    if (text["bank"], text["account"]) != (message.bank, account):
        raise nonsense("answer.other_account")
    if code == TAKEN:
        return Outcome("accepted", reference=reference)
    if code == DONE:
        answer = {
            "amount": int(text["amount"]), "reference": reference,
            "at": _moment(text["done_at"]),
        }  # fmt: skip
        return Outcome("done", reference, answer=answer)
    if not (code.isascii() and code.isdigit() and len(code) == 4) or code == NEVER:
        raise nonsense("answer.code")
    return Outcome("rejected", reference, code, {"reason": text["said"]})


def _moment(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=KST).isoformat()
    except ValueError as error:
        raise nonsense("answer.moment") from error
