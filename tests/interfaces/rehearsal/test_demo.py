"""The demonstration goes from the notice to the last payee, each step with article and page."""

from pathlib import Path

import pytest

from jangteo.interfaces.rehearsal.demo import BIDDERS, NOTICE, OPENING, Demo
from jangteo.interfaces.rehearsal.street import killed, shown
from jangteo.stages.award.states import TABLES as AWARD
from jangteo.stages.contract.states import TABLES as CONTRACT
from jangteo.stages.delivery.states import TABLES as DELIVERY
from jangteo.stages.payment.states import TABLES as PAYMENT
from jangteo.stages.tender.states import TABLE as TENDER


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder: Path = tmp_path_factory.mktemp("demo")
    folder.chmod(0o755)
    lines: list[str] = []
    with killed.street(folder, suppliers=BIDDERS) as (stack, walk):
        demo = Demo(
            walk.doors, stack.forward_to, now=stack.now, say=lines.append, pause=0
        )  # fmt: skip
        lines.append(demo.run(walk.agency, walk.suppliers))
    return lines


def test_the_articles_are_those_of_the_states() -> None:
    tables = [TENDER, *AWARD, *CONTRACT, *DELIVERY, *PAYMENT]
    known = {one.law for table in tables for one in table.transitions}
    assert {NOTICE, OPENING, *shown.LAWS} <= known


def test_each_step_has_its_page_and_article(said: list[str]) -> None:
    assert said[-1].startswith("R26TA")
    steps = [one for one in said[:-1] if "The clock moves" not in one]
    assert all("\n    http://localhost:" in one for one in steps)
    assert all("제" in one.splitlines()[1] for one in steps)


def test_it_reaches_the_subcontractors_and_the_workers_money(said: list[str]) -> None:
    text = "\n".join(said)
    for words in (
        "Rank 1:", "another confirms: awarded for",
        "The supplier signs the text", "The agency signs last", "agrees to a subcontract of",
        "The inspector accepts", "(subcontractor) is credited", "A worker opens the link",
        "Contract completed",
    ):  # fmt: skip
        assert words in text
    assert text.count("(worker) is credited") == 2
    assert text.count("Payee's bank confirmed the money") == 6
