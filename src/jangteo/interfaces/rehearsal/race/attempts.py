"""Attempts by many officers at once, through the real actions and past them in plain SQL."""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import Error, connection, connections

from jangteo.ground.errors import Refusal
from jangteo.interfaces.rehearsal.race.scene import Scene
from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import now
from jangteo.stages.award import actions, queries
from jangteo.stages.award.states import CAUSES

#: verb -> how often of a hundred attempts
SHARES = {
    "propose": 34, "confirm": 30, "pass": 14, "ask_annulment": 5, "annul": 4, "refuse": 3, "sql": 8,
    "refuse_annulment": 1, "withdraw_annulment": 1,
}  # fmt: skip
_TABLE = "jangteo_award_award"
#: what nobody may do to an award, whatever its state, by the application's role
PAST_THE_ACTIONS = (
    "update {t} set status = 'active', confirmed_by = gen_random_uuid(), confirmed_at = now()"
    " where tender_number = %s and status in ('unsuccessful', 'cancelled')",
    "update {t} set status = 'pending', confirmed_by = null where tender_number = %s"
    " and status <> 'pending'",
    "insert into {t} select (jsonb_populate_record(a, jsonb_build_object('id',"
    " gen_random_uuid(), 'status', 'active', 'confirmed_by', gen_random_uuid()))).* from {t} a"
    " where tender_number = %s limit 1",
    "update {t} set value = value + 1 where tender_number = %s",
    "delete from {t} where tender_number = %s",
)
_CONTRACT_OFFICERS = ("propose", "pass", "ask_annulment", "withdraw_annulment")
Count = Counter[tuple[str, str]]


def officers(scene: Scene) -> Mapping[str, list[Actor]]:
    """Two contract officers and two approving officers of the agency; one of each is the same."""
    both = uuid.uuid4()

    def one(role: str, who: uuid.UUID) -> Actor:
        roles = frozenset({role})
        return Actor(who, "경합", scene.agency, "경합구청", "agency", roles)

    return {
        role: [one(role, both), one(role, uuid.uuid4())]
        for role in ("contract_officer", "approving_officer")
    }


def race(scene: Scene, *, attempts: int, threads: int, seed: int) -> Count:
    """Make so many attempts; gives (verb, what came of it) -> how often.

    What came: "done", the code of a refusal, "wall" where the database refused, "let through"
    where it let plain SQL through that it must refuse, or "fault:…" for anything else.
    """
    people = officers(scene)

    def some(n: int) -> Count:
        chance = random.Random(f"{seed}:{n}")
        found: Count = Counter()
        try:
            for _ in range(attempts // threads + (n < attempts % threads)):
                verb = chance.choices(list(SHARES), list(SHARES.values()))[0]
                number = chance.choice(scene.numbers)
                found[verb, _try(verb, number, people, chance)] += 1
        finally:
            connections.close_all()
        return found

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(some, range(threads)), Counter())


def _try(verb: str, number: str, people: Mapping[str, list[Actor]], chance: Any) -> str:
    try:
        return _sql(number, chance) if verb == "sql" else _act(verb, number, people, chance)
    except Refusal as refusal:
        return refusal.code
    except Error as error:
        return f"fault:{type(error).__name__}"


def _act(verb: str, number: str, people: Mapping[str, list[Actor]], chance: Any) -> str:
    role = "contract_officer" if verb in _CONTRACT_OFFICERS else "approving_officer"
    who = {"by": chance.choice(people[role]), "at": now(), "number": number}
    deeds: dict[str, Callable[[], Any]] = {
        "propose": lambda: actions.propose(**who),
        "confirm": lambda: actions.confirm(**who),
        "pass": lambda: actions.pass_review(**who, scores={}),
        "refuse": lambda: actions.refuse(**who, reason="다시 봅니다."),
        "ask_annulment": lambda: actions.ask_annulment(
            **who, cause=chance.choice(sorted(CAUSES)), reason="취소합니다."
        ),
        "annul": lambda: actions.annul(**who, digest=_read(number, who)),
        "refuse_annulment": lambda: actions.refuse_annulment(
            **who, digest=_read(number, who), reason="그대로 둡니다."
        ),
        "withdraw_annulment": lambda: actions.withdraw_annulment(**who),
    }
    deeds[verb]()
    return "done"


def _read(number: str, who: Mapping[str, Any]) -> str:
    """The digest of the annulment that the page shows; "" if nobody asks for one."""
    wish = queries.award_page(who["by"], number, at=who["at"]).wish
    return wish.digest if wish else ""


def _sql(number: str, chance: Any) -> str:
    """Plain SQL past the actions; "wall" if the database refuses it or finds no row."""
    words = chance.choice(PAST_THE_ACTIONS).format(t=_TABLE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(words, [number])
            return "let through" if cursor.rowcount else "no row"
    except Error:
        return "wall"


def call_all(scene: Scene) -> None:
    """The platform calls the first in rank of every tender."""
    for number in scene.numbers:
        actions.call_next(by=Actor.system("award"), at=now(), number=number)
