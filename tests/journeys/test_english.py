"""The same market, read in English by a visitor and by each persona."""

import re

import pytest

from tests.journeys.conftest import Window
from tests.journeys.town import Town
from tests.journeys.walker import WIDTHS, Reader, Walker

#: Words of our own, not of the notices: what one presses, what a column or a field is called.
OURS = (
    "nav a, h2:not([lang=ko]), button:not([lang=ko]), th[scope=col], .jt-field > label, legend, "
    ".jt-tag, .jt-law, span.jt-row, dt"
)
HANGUL = re.compile("[가-힣]")


@pytest.fixture(params=WIDTHS)
def reader(request: pytest.FixtureRequest) -> Reader:
    return Reader(request.param, "en-US")


def test_a_visitor_reads_english(window: Window, town: Town) -> None:
    visitor = window("english")
    _in_english(visitor)
    opened = town.visitor.get("/tenders", status="opened")["tenders"][0]["number"]
    failed = town.visitor.get("/tenders", status="unsuccessful")["tenders"][0]["number"]
    paths = {
        "tenders": "/tenders",
        "tender": f"/tenders/{opened}",
        "result": f"/tenders/{opened}/result",
        "why": f"/tenders/{opened}/why",
        "failed": f"/tenders/{failed}/result",
        "log": "/data/log",
        "help": "/help",
        "register": "/register",
        "company": "/register/supplier/organisation",
        "sign-in": "/sign-in",
    }
    _walk(visitor, paths)


@pytest.mark.parametrize(
    ("persona", "paths"),
    [
        ("officer", ("/my/tenders", "/my/tenders/new", "/openings", "/people")),
        ("opener", ("/openings", "/my/tenders", "/people")),
        ("builder", ("/people", "/people/add", "/licences/add")),
        ("agent", ("/tenders?status=bidding",)),
        ("operator", ("/registrations", "/registrations?status=all")),
    ],
)
def test_a_persona_reads_english(window: Window, persona: str, paths: tuple[str, ...]) -> None:
    one = window(f"english-{persona}")
    _in_english(one)
    one.act_as(persona)
    assert "What comes next" in one.text("main h2")
    _ours(one, "desk")
    _walk(one, {path.strip("/").replace("/", "-"): path for path in paths})


def _in_english(walker: Walker) -> None:
    walker.go("/")
    switch = walker.page.locator("button[name=language][value=en]")
    if switch.count():
        switch.click()
    assert walker.page.locator("html").get_attribute("lang") == "en"
    _ours(walker, "home")


def _walk(walker: Walker, paths: dict[str, str]) -> None:
    for name, path in paths.items():
        walker.go(path)
        _ours(walker, name.split("?")[0])


def _ours(walker: Walker, name: str) -> None:
    walker.look(name)
    texts = walker.page.locator(OURS).filter(has_text=HANGUL)
    assert texts.all_inner_texts() == [], (name, walker.page.url)


@pytest.mark.parametrize(
    "persona", ["officer", "inspector", "disburser", "builder", "subcontractor"]
)
def test_the_street_is_read_in_english(window: Window, town: Town, persona: str) -> None:
    one = window(f"english-street-{persona}")
    _in_english(one)
    one.act_as(persona)
    _ours(one, "first")
    contract, claim = _paid(town)
    paths = {
        "officer": {
            "contracts": "/contracts",
            "contract": contract,
            "claims": f"{contract}/claims",
        },
        "inspector": {"inspections": "/inspections", "delivery": f"{contract}/delivery"},
        "disburser": {"payments": "/payments", "claim": claim, "trail": f"{contract}/trail"},
        "builder": {
            "contract": contract,
            "delivery": f"{contract}/delivery",
            "money": "/my/payments",
        },
        "subcontractor": {"contracts": "/contracts", "desk": "/desk"},
    }
    _walk(one, paths[persona])


def _paid(town: Town) -> tuple[str, str]:
    """The pages of a contract between the personas' agency and builder, and of a claim under it."""
    ours = set(town.builder.agent.get("/contracts"))
    for number in town.agency.contract.get("/contracts"):
        claims = town.agency.contract.get(f"/contracts/{number}/claims")
        if number in ours and claims:
            return f"/contracts/{number}", f"/claims/{claims[0]['number']}"
    raise AssertionError("the personas have no contract with a claim between them")
