"""The payees that a rehearsal claims for always sum to what is claimed."""

from hypothesis import given
from hypothesis import strategies as st

from jangteo.interfaces.rehearsal.street import paying


@given(st.integers(1, 10**12))
def test_without_a_subcontract_the_contractor_gets_all(amount: int) -> None:
    assert [one["amount"] for one in paying.leaves(amount)] == [amount]


@given(st.integers(100, 10**12), st.integers(0, 10**12))
def test_the_tree_sums_to_the_claim_and_the_branch_to_its_share(share: int, own: int) -> None:
    made = paying.leaves(share + own, under="R26SC00000001", share=share)
    assert sum(one["amount"] for one in made) == share + own
    branch = [one for one in made if one["subcontract"]]
    assert sum(one["amount"] for one in branch) == share
    assert min(one["amount"] for one in made) > 0
    kinds = ["subcontractor", "worker", "worker", "equipment", "material"]
    assert [one["kind"] for one in branch] == kinds
    assert [one["kind"] for one in made if not one["subcontract"]] == ["prime"] * bool(own)
