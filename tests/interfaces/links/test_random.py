"""Random troubles in random order: one result, and at most one effect, whatever happens."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangteo.config import switchboard
from jangteo.interfaces.links.partner import Reply
from jangteo.interfaces.links.systems.bank.simulator import Bank
from jangteo.records.exchange.turns import turn
from jangteo.records.journal.models import Entry
from tests.interfaces.links import line
from tests.interfaces.links.line import Partners, carry, held, hurry, tell, transfer

#: what the line or the bank does to one request
LINE = ("fine", "cut_before", "cut_after", "broken_before", "broken_after", "garbled", "twice")
#: how a courier dies: before a byte is out, or after the bank has acted
CRASH = ("dies_before", "dies_after")
ACCOUNTS = ("110123456789", "110123459001", "110123459005", "110123459007", "110123459010")


class Moody(Bank):
    """A bank at the end of a bad line: each request meets the next trouble of a list."""

    troubles: list[str]

    def handle(self, path: str, body: bytes) -> Reply:
        trouble = self.troubles.pop(0) if self.troubles else "fine"
        if trouble == "cut_before":
            return Reply(drop=True)
        if trouble == "broken_before":
            return Reply(b"oops", 500)
        reply = super().handle(path, body)
        if trouble == "cut_after":
            return Reply(drop=True)
        if trouble == "broken_after":
            return Reply(b"oops", 502)
        if trouble == "garbled":
            return Reply(reply.body[:100])
        return Reply(reply.body * 2) if trouble == "twice" else reply


class Crash(Exception):
    """The courier's process ends here."""


def crash(bank: Moody, *, after: bool) -> None:
    """A courier takes a message and dies; what it holds in the database goes with it."""
    hurry()
    try:
        with turn("bank") as taken:
            if taken is not None and after:
                link = switchboard.LINKS["bank"]
                write = link.order if taken.do == "send" else link.inquire
                Bank.handle(bank, "", write(taken.message, taken.at).body)
            raise Crash
    except Crash:
        return


@pytest.fixture
def moody(tmp_path: Path, partners: Partners) -> Moody:
    partners.server.partners["bank"].book.close()
    found = Moody(tmp_path / "moody.sqlite")
    partners.server.partners["bank"] = found
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    account=st.sampled_from(ACCOUNTS),
    troubles=st.lists(st.sampled_from((*LINE, *CRASH)), max_size=8),
)
def test_whatever_happens_there_is_one_result_and_at_most_one_effect(
    partners: Partners, moody: Moody, account: str, troubles: list[str]
) -> None:
    key = tell(transfer(account=account, amount=500))
    courier = partners.courier("bank")
    moody.troubles = []
    for trouble in troubles:
        if trouble in CRASH:
            crash(moody, after=trouble == "dies_after")
        else:
            moody.troubles = [trouble]
            hurry()
            courier.work()
    moody.troubles = []
    found = carry(courier, key)
    effects = [won for one, won in partners.effects("bank") if one == key]
    ends = Entry.objects.filter(payload__key=key, kind__in=("exchange.finish", "exchange.reject"))
    assert ends.count() == 1
    if account.endswith(("9005", "9010")):
        assert (found.status, effects) == ("rejected", [])
    else:
        assert found.status == "done"
        assert effects == [499 if account.endswith("9007") else 500]
    assert not courier.work(), "a settled message was carried again"
    assert held(key).next_at is None


def test_troubles_are_not_all_harmless(moody: Moody, partners: Partners) -> None:
    """The line really cuts: without asking, the money would be gone and nobody would know."""
    moody.troubles = ["cut_after"]
    key = tell(transfer(amount=500))
    partners.courier("bank").work()
    assert held(key).status == "unknown"
    assert partners.effects("bank") == [(key, 500)]
    assert line.verbs(key) == ["queue", "send", "lose"]
