"""Every committed fact gets one place, in commit order, whatever the writers do."""

import threading
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from jangteo.records.account.queries import Actor
from jangteo.records.journal import chain
from jangteo.records.journal.actions import record
from jangteo.records.journal.models import Entry, Link
from jangteo.records.journal.queries import now
from jangteo.records.log import merkle, note, queries, sequencer
from jangteo.records.log.models import Checkpoint, Node

SYSTEM = Actor.system("test")
INSERT = """
insert into jangteo_journal_entry (id, at, kind, subject, tender, actor_name, law, payload)
values (gen_random_uuid(), now(), 'test.write', %s, '', '', '', '{}')
"""

pytestmark = pytest.mark.usefixtures("committed")


def write(*names: str) -> None:
    for name in names:
        record("test.write", f"test:{name}", by=SYSTEM, at=now())


def chained() -> list[str]:
    rows = Link.objects.order_by("place").values_list("place", "entry__subject")
    assert [place for place, _ in rows] == list(range(len(rows)))
    return [subject.removeprefix("test:") for _, subject in rows]


def test_facts_are_chained_logged_and_signed() -> None:
    write(*"abcde")
    done = sequencer.step()
    assert (done.linked, done.signed, done.busy) == (5, True, False)
    assert chained() == list("abcde")
    entries = [link.entry for link in Link.objects.order_by("place")]
    leaves = [chain.entry_bytes(entry) for entry in entries]
    assert queries.size() == 5
    assert queries.latest_checkpoint().root == merkle.root(leaves)
    held = note.read_checkpoint(queries.latest_checkpoint().note, queries.verifier_key())
    assert held == (5, merkle.root(leaves))
    for place in range(5):
        proof = queries.proof(place)
        assert proof.leaf == leaves[place]
        assert merkle.verify_path(
            proof.leaf, index=place, size=5, path=proof.path, root=proof.checkpoint.root
        )
    assert queries.proof(5) is None
    assert queries.verify_chain() == queries.ChainReport(5, ())


def test_table_of_subtrees_gives_the_same_root_at_every_size() -> None:
    leaves: list[bytes] = []
    for number in range(1, 20):
        write(str(number))
        sequencer.step()
        leaves = [chain.entry_bytes(e.entry) for e in Link.objects.order_by("place")]
        assert merkle.root_of(queries.stored_span(), number) == merkle.root(leaves)
    proof = queries.consistency(11, 19)
    assert merkle.verify_consistency(
        old=11, size=19, old_root=merkle.root(leaves[:11]), root=merkle.root(leaves), proof=proof
    )
    with pytest.raises(ValueError, match="fewer than 20"):
        queries.consistency(11, 20)


def test_a_fact_that_commits_late_is_placed_late_and_holds_nobody_up(committed: str) -> None:
    with psycopg.connect(committed) as slow:
        slow.execute(INSERT, ["test:slow"])
        write("first")
        done = sequencer.step()
        assert (done.linked, chained()) == (1, ["first"])
        write("second")
        done = sequencer.step(since=done.since)
        assert (done.linked, chained()) == (1, ["first", "second"])
        slow.commit()
        done = sequencer.step(since=done.since)
        assert (done.linked, chained()) == (1, ["first", "second", "slow"])
    assert sequencer.step(since=done.since).linked == 0
    assert queries.verify_chain().faults == ()


def test_a_rolled_back_fact_leaves_no_gap() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write("never")
        raise RuntimeError
    write("after")
    sequencer.step()
    assert chained() == ["after"]


def test_a_step_that_is_killed_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a", "b", "c")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sequencer, "append", killed)
        sequencer.step()
    assert (Link.objects.count(), Node.objects.count(), Checkpoint.objects.count()) == (0, 0, 0)
    sequencer.step()
    assert chained() == ["a", "b", "c"]
    assert queries.verify_chain() == queries.ChainReport(3, ())


def test_only_one_sequencer_works_at_a_time(committed: str) -> None:
    write("a")
    with psycopg.connect(committed) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [sequencer.LOCK])
        assert sequencer.step().busy
        assert chained() == []
    assert sequencer.step().linked == 1


def test_concurrent_writers_and_two_sequencers_make_no_gap_and_no_duplicate(
    committed: str,
) -> None:
    stop = threading.Event()
    runners = [threading.Thread(target=sequencer.run, args=(stop,)) for _ in range(2)]

    def writer(name: int) -> None:
        with psycopg.connect(committed) as own:
            for number in range(40):
                own.execute(INSERT, [f"test:{name}-{number}"])
                if number % 5 == 4:
                    own.rollback()
                else:
                    own.commit()

    writers = [threading.Thread(target=writer, args=(name,)) for name in range(6)]
    for thread in [*runners, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    committed_at = time.monotonic()
    while Link.objects.count() < 6 * 32 and time.monotonic() - committed_at < 10:
        time.sleep(0.05)
    took = time.monotonic() - committed_at
    stop.set()
    for thread in runners:
        thread.join()
    names = chained()
    assert len(names) == len(set(names)) == 6 * 32 == Entry.objects.count()
    assert took < 2
    for name in range(6):
        mine = [int(each.split("-")[1]) for each in names if each.startswith(f"{name}-")]
        assert mine == sorted(mine)
    assert queries.verify_chain() == queries.ChainReport(192, ())


def test_a_changed_fact_is_found() -> None:
    write("a", "b", "c")
    sequencer.step()
    with connection.cursor() as cursor:
        cursor.execute("update jangteo_journal_entry set law = 'x' where subject = 'test:b'")
    report = queries.verify_chain()
    assert "the fact at place 1 is not what was chained" in report.faults
    assert "the leaf at place 1 is not its fact's" in report.faults
    assert "the checkpoint of 3 leaves does not match the facts" in report.faults


def test_a_chain_made_over_is_found_by_the_signed_checkpoint() -> None:
    write("a", "b")
    sequencer.step()
    with connection.cursor() as cursor:
        cursor.execute("delete from jangteo_log_node")
        cursor.execute("delete from jangteo_journal_link")
        cursor.execute("update jangteo_journal_entry set law = 'x' where subject = 'test:b'")
    sequencer.step()
    assert queries.verify_chain().faults == ("the checkpoint of 2 leaves does not match the facts",)


def test_checkpoints_come_a_second_apart_and_at_least_each_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = now()

    def at(seconds: float) -> bool:
        monkeypatch.setattr(sequencer, "now", lambda: start + timedelta(seconds=seconds))
        return sequencer.step().signed

    assert not at(0)
    write("a")
    assert at(0)
    write("b")
    assert not at(0.9)
    assert at(1.0)
    assert not at(59)
    assert at(61)
    assert list(Checkpoint.objects.order_by("id").values_list("size", flat=True)) == [1, 2, 2]


def test_a_chore_that_fails_stops_nothing() -> None:
    stop, seen = threading.Event(), []
    write("a")

    def chore(*, at: object) -> None:
        seen.append(at)
        if len(seen) == 2:
            stop.set()
        raise RuntimeError("broken chore")

    sequencer.run(stop, chores=[chore])
    assert len(seen) == 2
    assert chained() == ["a"]
