"""What was asked before wishes were rows of one table comes along, and lapses where it was over."""

import uuid
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jangteo.records.journal.actions import record
from jangteo.records.numbering.queries import new_id
from jangteo.stages.award.models import Annulment, Award, Examination, Wish
from tests.stages.award.opened import AT, DAY, Opened, opened

BEFORE = [("jangteo_contract", "0005_ground"), ("jangteo_award", "0009_in_force_on_a_score")]
OWN = "0012_own_score_as_a_wish"
AFTER = [("jangteo_contract", "0006_no_wish_beside_it"), ("jangteo_award", "0010_wishes")]


def go(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def run(words: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, values)


def annulment_asked(here: Opened) -> uuid.UUID:
    award = Award.objects.get(tender_number=here.number)
    run("insert into jangteo_award_annulmentwish values (%s, 'gave_up', '포기', %s, %s)",
        award.pk, here.who("officer").account_id, AT)  # fmt: skip
    return award.pk


def again_asked(
    here: Opened, confirmed: uuid.UUID | None = None, at: datetime | None = None
) -> uuid.UUID:
    row = Examination.objects.get(tender_number=here.number)
    made = uuid.uuid4()
    run(
        "insert into jangteo_award_reopening (id, examination_id, reason, asked_by, asked_at,"
        " confirmed_by, confirmed_at) values (%s, %s, '고쳤습니다', %s, %s, %s, %s)",
        made, row.pk, here.who("officer").account_id, AT, confirmed, at,
    )  # fmt: skip
    return made


def in_state(status: str) -> Opened:
    here = opened()
    here.call()
    Examination.objects.filter(tender_number=here.number).update(status=status)
    return here


SCORES = [("jangteo_award", "0011_no_review_on_hold")], [("jangteo_award", OWN)]


def scored(here: Opened, confirmed: uuid.UUID | None = None) -> uuid.UUID:
    """A score by the agency's own standard, as it was kept before it was a wish."""
    row, made = Examination.objects.get(tender_number=here.number), new_id()
    run(
        "insert into jangteo_award_ownscore (id, examination_id, points, pass_mark, document,"
        " reason, entered_by, entered_at) values (%s, %s, '93', '92', '별표 1', '가격 25', %s, %s)",
        made, row.pk, here.who("officer").account_id, AT,
    )  # fmt: skip
    if confirmed:
        run("update jangteo_award_ownscore set confirmed_by = %s, confirmed_at = %s where id = %s",
            confirmed, AT + DAY, made)  # fmt: skip
    return made


def test_scores_by_an_own_standard_become_wishes(committed: str) -> None:
    called, gone, both = in_state("called"), in_state("withdrawn"), in_state("submitted")
    go(SCORES[0])
    second = both.who("approver").account_id
    rows = {scored(called): "", scored(gone): "lapsed", scored(both, second): "confirmed"}
    go(SCORES[1])
    assert {row.pk: row.ended for row in Wish.objects.all()} == rows
    last = Wish.objects.get(ended="confirmed")
    assert (last.ended_by, last.ended_at, last.reason) == (second, AT + DAY, "가격 25")
    assert (last.own_score.points, last.own_score.document) == ("93", "별표 1")
    called.do("refuse_own_score", "approver", reason="아닙니다.")
    go(SCORES[0])
    go(SCORES[1])
    assert [row.ended for row in Wish.objects.all()] == ["confirmed"]


def test_wishes_of_before_come_along(committed: str) -> None:
    awards = [opened() for _ in range(3)]
    for here in awards:
        here.awarded()
    states = {name: in_state(name) for name in ("hold", "failed", "withdrawn", "called")}
    go(BEFORE)
    stands, contracted, gone = (annulment_asked(here) for here in awards)
    officer, second = awards[2].who("officer"), awards[2].who("approver").account_id
    record("contract.draft", "c", by=officer, at=AT + DAY, tender=awards[1].number)
    run("insert into jangteo_award_annulment (award_id, cause, reason, asked_by, by, at) values"
        " (%s, 'gave_up', '포기', %s, %s, %s)", gone, officer.account_id, second, AT)  # fmt: skip
    run("update jangteo_award_award set status = 'cancelled' where id = %s", gone)
    open_ones = {name: again_asked(here) for name, here in states.items() if name != "called"}
    one = states["called"]
    for n, kind in enumerate(("compute_again", "reopen"), start=1):
        open_ones[kind] = again_asked(one, one.who("approver").account_id, AT + n * DAY)
    subject = Examination.objects.get(tender_number=one.number).subject
    record("examination.compute_again", subject, by=officer, at=AT + DAY, tender=one.number)
    go(AFTER)
    found = {row.award_id: (row.ended, row.ended_by, row.ended_at) for row in
             Wish.objects.filter(verb="annul")}  # fmt: skip
    assert found == {
        stands: ("", None, None), contracted: ("lapsed", None, AT + DAY),
        gone: ("confirmed", second, AT),
    }  # fmt: skip
    rows = {row.pk: (row.verb, row.ended) for row in Wish.objects.exclude(verb="annul")}
    assert {name: rows[key] for name, key in open_ones.items()} == {
        "hold": ("compute_again", ""), "failed": ("reopen", ""),
        "withdrawn": ("compute_again", "lapsed"), "compute_again": ("compute_again", "confirmed"),
        "reopen": ("reopen", "confirmed"),
    }  # fmt: skip
    assert Annulment.objects.get().award_id == gone
    awards[0].do("annul", "approver", AT + DAY)
    assert Award.objects.get(pk=stands).status == "cancelled"
