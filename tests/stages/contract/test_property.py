"""Whatever is registered, ended and amended in whatever order: subcontracts fit the contract."""

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal
from jangteo.stages.contract.models import Contract, Subcontract
from jangteo.stages.contract.queries.reading import LIVE
from tests.stages.contract.signed import VALUE, Signed, active

pytestmark = pytest.mark.django_db
SHARES = st.integers(1, VALUE + VALUE // 10)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("hire"), SHARES),
        st.tuples(st.just("end"), st.integers(0, 4)),
        st.tuples(st.just("amend"), SHARES),
    ),
    min_size=3, max_size=7,
)  # fmt: skip


def live() -> int:
    found = Subcontract.objects.filter(status__in=LIVE).aggregate(total=Sum("amount"))["total"]
    return found or 0


def step(made: Signed, verb: str, figure: int) -> None:
    """One step; a refusal only where the sum would not fit."""
    value, taken = Contract.objects.get(number=made.number).value, live()
    if verb == "end":
        rows = list(Subcontract.objects.filter(status__in=LIVE).order_by("number"))
        if rows:
            number = rows[figure % len(rows)].number
            made.do("end_subcontract", "head0", number=number, reason="끝")
        return
    fits = taken + figure <= value if verb == "hire" else figure >= taken and figure != value
    try:
        made.hire(figure) if verb == "hire" else made.amend(value=figure)
    except Refusal as no:
        assert not fits, (verb, figure, value, taken)
        over = no.code == "contract.subcontract.too_much"
        assert over or no.code in (
            "contract.amendment.below_subcontracts", "contract.amendment.nothing"
        )  # fmt: skip
        if over:
            assert no.params["over"] == taken + figure - value
        assert live() == taken
    else:
        assert fits, (verb, figure, value, taken)


@pytest.fixture
def made() -> Signed:
    return active()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_subcontracts_never_exceed_the_contract(made: Signed, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():  # each example begins with the contract as it was signed
        for verb, figure in steps:
            step(made, verb, figure)
            assert live() <= Contract.objects.get(number=made.number).value
        transaction.set_rollback(True)
