"""What the platform's operator sees of messages: what waits, since when, and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.models import Evidence, Exchange
from jangteo.records.exchange.questions import QUESTIONS
from jangteo.records.exchange.states import TABLE

#: which messages a list shows -> their states
SHOWN = {
    "open": ("ready", "sent", "unknown", "accepted"),
    "unknown": ("unknown",),
    "rejected": ("rejected",),
    "done": ("done",),
}
MOST = 200
_LAW = "전자조달법 제12조"


@dataclass(frozen=True, slots=True)
class Watched:
    """A message as its operator sees it. about: what it belongs to; reason: of a refusal.

    due: the legal moment that waits for it; late: that moment has passed without a result.
    trouble: what went wrong on the way last, "" if nothing.
    """

    key: str
    system: str
    question: str
    about: str
    status: str
    attempts: int
    asked: int
    created_at: datetime
    next_at: datetime | None
    answered_at: datetime | None
    due: datetime | None
    late: bool
    code: str
    reason: str
    trouble: str = ""

    @property
    def question_text(self) -> str:
        """What the message says, as a msgid."""
        return QUESTIONS[self.question].says

    @property
    def number(self) -> str:
        """The number of the thing that the message belongs to."""
        return self.about.rpartition(":")[2]

    @property
    def state_text(self) -> str:
        """The state as a msgid."""
        return TABLE.states[self.status]


@dataclass(frozen=True, slots=True)
class Seen:
    """One exchange of bytes as it may be shown: names and accounts masked, the rest as it was."""

    at: datetime
    address: str
    sent: str
    received: str
    status: int | None
    trouble: str


def counts(actor: Actor) -> dict[str, dict[str, int]]:
    """system -> state -> how many messages; Refusal 403 for anybody but the operator."""
    _operator(actor)
    found: dict[str, dict[str, int]] = {}
    rows = Exchange.objects.values_list("system", "status").annotate(Count("id")).order_by()
    for system, status, count in rows:
        found.setdefault(system, dict.fromkeys(TABLE.states, 0))[status] = count
    return found


def watch(actor: Actor, at: datetime, shown: str = "open") -> list[Watched]:
    """Messages of a list of SHOWN, what the law waits for first; Refusal 403."""
    _operator(actor)
    rows = Exchange.objects.filter(status__in=SHOWN.get(shown, SHOWN["open"]))
    order = ("-answered_at",) if shown in ("done", "rejected") else (
        F("due").asc(nulls_last=True), "created_at",
    )  # fmt: skip
    found = list(rows.order_by(*order)[:MOST])
    last = _last_trouble(found)
    return [_row(one, at, last.get(one.key, "")) for one in found]


def look(actor: Actor, at: datetime, key: str) -> tuple[Watched, list[Seen]]:
    """A message and its evidence, oldest first; Refusal 403, or `exchange.unknown` (404)."""
    _operator(actor)
    found = Exchange.objects.filter(key=key).first()
    if found is None:
        raise Refusal(
            "exchange.unknown",
            N_("There is no message with this key."),
            repair=N_("Look for it in the list of messages."),
            law=_LAW,
            status=404,
        )
    kept = found.evidence.order_by("at", "id")
    return _row(found, at, _last_trouble([found]).get(key, "")), [_seen(found, one) for one in kept]


def _operator(actor: Actor) -> None:
    if "operator" not in actor.roles:
        raise Refusal(
            "exchange.list.forbidden",
            N_("Only the platform's operator sees this list."),
            repair=N_("What became of your own claim or contract stands on its page."),
            law=_LAW,
            status=403,
        )


def _last_trouble(found: Iterable[Exchange]) -> dict[str, str]:
    rows = Evidence.objects.filter(exchange__in=list(found)).order_by("at", "id")
    return dict(rows.values_list("exchange__key", "trouble"))


def _row(found: Exchange, at: datetime, trouble: str) -> Watched:
    late = found.due is not None and (found.answered_at or at) >= found.due
    return Watched(
        found.key, found.system, found.question, found.about, found.status, found.attempts,
        found.asked, found.created_at, found.next_at, found.answered_at, found.due, late,
        found.code, str(found.answer.get("reason", "")), trouble,
    )  # fmt: skip


def _seen(found: Exchange, kept: Evidence) -> Seen:
    hidden = {str(found.body[name]): name for name in QUESTIONS[found.question].hidden}
    hidden |= {words.replace("-", ""): name for words, name in hidden.items()}
    sent, received = (_masked(_text(bytes(one)), hidden) for one in (kept.sent, kept.received))
    return Seen(kept.at, kept.address, sent, received, kept.status, kept.trouble)


def _text(held: bytes) -> str:
    """Bytes as a reader can read them: UTF-8, else EUC-KR; what is neither shows as �."""
    try:
        said = held.decode("utf-8")
    except UnicodeDecodeError:
        said = held.decode("cp949", errors="replace")
    return "".join(one if one.isprintable() or one == "\n" else "�" for one in said)


def _masked(said: str, hidden: dict[str, str]) -> str:
    for words, name in hidden.items():
        if words:
            keep = words[-4:] if name == "account" else words[-1:]
            said = said.replace(words, "*" * (len(words) - len(keep)) + keep)
    return said
