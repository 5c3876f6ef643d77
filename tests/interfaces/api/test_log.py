"""Checkpoints and consistency proofs of the public log, for machines."""

import pytest
from django.test import Client

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import now
from jangteo.records.log import merkle, note, queries, sequencer
from jangteo.records.log.actions import sign_checkpoint

pytestmark = pytest.mark.django_db


def grow(facts: int) -> dict[str, object]:
    """So many more facts in the log, and the checkpoint that is then served."""
    for n in range(facts):
        record("x.x", f"party:{n}", by=Actor.system("test"), at=now(), payload={"secret": "가나다"})
    while sequencer.step().linked:
        pass
    sign_checkpoint(at=now())
    answer = Client().get("/api/v1/log/checkpoint")
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


def test_before_the_first_fact_there_is_no_checkpoint() -> None:
    for path in ("checkpoint", "consistency?from=1"):
        answer = Client().get(f"/api/v1/log/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "log.no_checkpoint")


def test_a_kept_checkpoint_is_continued_by_every_later_one() -> None:
    kept, newest = grow(3), grow(4)
    assert (kept["size"], newest["size"]) == (3, 7)
    assert note.read_checkpoint(str(newest["note"]), str(newest["key"])) == (
        7, bytes.fromhex(str(newest["root"])),
    )  # fmt: skip
    for query in ("from=3", "from=3&to=7"):
        told = Client().get(f"/api/v1/log/consistency?{query}").json()
        assert (told["old"], told["new"]) == (3, 7)
        proof = [bytes.fromhex(node) for node in told["proof"]]
        roots = {
            "old_root": bytes.fromhex(str(kept["root"])),
            "root": bytes.fromhex(str(newest["root"])),
        }
        assert merkle.verify_consistency(old=3, size=7, proof=proof, **roots)
        roots["old_root"] = bytes(32)
        assert not merkle.verify_consistency(old=3, size=7, proof=proof, **roots)
    assert Client().get("/api/v1/log/consistency?from=7").json()["proof"] == []


def test_hashes_are_served_and_never_a_fact() -> None:
    grow(5)
    told = Client().get("/api/v1/log/consistency?from=3&to=4").content.decode()
    assert "가나다" not in told
    assert "secret" not in told
    assert queries.proof(0) is not None
    for path in ("leaf/0", "leaves", "0"):
        assert Client().get(f"/api/v1/log/{path}").status_code == 404


@pytest.mark.parametrize("query", ["from=0", "from=-1", "from=6", "from=3&to=2", "from=1&to=6"])
def test_sizes_that_the_log_never_had_are_refused(query: str) -> None:
    grow(5)
    answer = Client().get(f"/api/v1/log/consistency?{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "log.no_such_sizes")


@pytest.mark.parametrize("query", ["", "from=x", f"from={'9' * 5000}"])
def test_what_is_no_size_is_malformed(query: str) -> None:
    grow(1)
    assert Client().get(f"/api/v1/log/consistency?{query}").status_code in (400, 422)
