"""What others may ask of this stage."""

from jangteo.stages.payment.queries.ahead import ahead
from jangteo.stages.payment.queries.direct import branches_of
from jangteo.stages.payment.queries.heard import ClaimFacts, facts_of
from jangteo.stages.payment.queries.leaves import leaf_by_token
from jangteo.stages.payment.queries.links import token_of
from jangteo.stages.payment.queries.reading import (
    claim_for,
    claimable,
    claimable_of,
    claims_of,
    contract_claims,
    due_list,
    leaves_given,
    my_branches,
    payable_subcontracts,
    suggested_leaves,
)
from jangteo.stages.payment.queries.rows import (
    BranchRow,
    Claimable,
    ClaimRow,
    DueGroup,
    Holder,
    InterestRow,
    LeafGiven,
    LeafRow,
    PayeeGiven,
    PayeePage,
    Sums,
    TrailStep,
    WordRow,
)
from jangteo.stages.payment.queries.tasks import tasks_for
from jangteo.stages.payment.queries.trail import sums, trail

__all__ = [
    "BranchRow",
    "ClaimFacts",
    "ClaimRow",
    "Claimable",
    "DueGroup",
    "Holder",
    "InterestRow",
    "LeafGiven",
    "LeafRow",
    "PayeeGiven",
    "PayeePage",
    "Sums",
    "TrailStep",
    "WordRow",
    "ahead",
    "branches_of",
    "claim_for",
    "claimable",
    "claimable_of",
    "claims_of",
    "contract_claims",
    "due_list",
    "facts_of",
    "leaf_by_token",
    "leaves_given",
    "my_branches",
    "payable_subcontracts",
    "suggested_leaves",
    "sums",
    "tasks_for",
    "token_of",
    "trail",
]
