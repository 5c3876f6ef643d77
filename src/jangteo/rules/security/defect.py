"""The defect security (하자보수보증금): kept after acceptance for as long as defects are mended."""

import math
from datetime import date

from jangteo.ground.errors import N_
from jangteo.rules.dated import table
from jangteo.rules.security.performance import Required


def defect_security(*, value: int, kind: str, regime: str, on: date) -> Required:
    """Two to five percent of the contract's value by kind of works; a fraction of a won up.

    kind: of the main works where several cannot be told apart; the table security/defect lists
    them, goods and services under the local act only. Waivable up to 30 million won, landscaping
    never. Law: 국가계약법 시행령 제62조, 시행규칙 제72조; 지방계약법 시행령 제71조, 시행규칙
    제70조. `on` is the day whose law holds. RuleMissing for a kind the act does not know.
    """
    row = table("security/defect").on(on, regime=regime, kind=kind)
    amount = math.ceil(value * row.fraction("rate") / 100)
    exempt = value <= row.integer("exempt_up_to")
    text = (
        N_("{rate} % of {value:,} won is {amount:,} won; up to {limit:,} won it is waived.")
        if exempt
        else N_("{rate} % of {value:,} won is {amount:,} won.")
    )
    said = {
        "rate": row.text("rate"), "value": value, "amount": amount,
        "limit": row.integer("exempt_up_to"),
    }  # fmt: skip
    return Required(amount, exempt, row.reason("security.defect", text, **said), row.id)
