"""Why a contract is to be signed, and a subcontract to be told, by their days."""

from jangteo.ground.reason import Reason
from jangteo.rules.deadline.steps import due
from jangteo.stages.award.queries import award_named
from jangteo.stages.contract.queries.reading import contract
from jangteo.stages.contract.queries.rows import ContractRow, SubcontractRow


def signing_reasons(row: ContractRow) -> tuple[Reason, ...]:
    """The steps behind sign_due, which began with the award."""
    award = award_named(row.award_id)
    return award.due_reasons if award else ()


def telling_reasons(row: SubcontractRow) -> tuple[Reason, ...]:
    """The steps behind told_due: the rule asked again for the stored day."""
    of = contract(row.contract_number)
    found = due("subcontract_notice", row.signed_on, regime=of.regime, on=of.rule_day)
    return (found.reason,)
