"""Small private contracts of goods and services (소액수의) by with whom they are made."""

from datetime import date

from jangteo.ground.errors import N_
from jangteo.rules.dated import table
from jangteo.rules.eligibility.verdict import Verdict

TABLE = "award/private_contract"


def allowed(*, group: str, estimated_price: int, regime: str, on: date) -> Verdict:
    """Whether a private contract may be made with a group at this estimated price, without VAT.

    group: a `group` of the table, such as women, disabled, social, young_startup; the limit
    itself is inside. The second reason says whether one quotation suffices. Works and electronic
    quotations: `quotation.allowed`. Law: 국가계약법 시행령 제26조제1항제5호가목, 제30조제1항;
    지방계약법 시행령 제25조제1항제5호, 제30조제1항. `on` is the day whose law holds.
    """
    row = table(TABLE).on(on, regime=regime, group=group)
    limit, one = row.integer("limit"), row.integer("one_up_to")
    within = estimated_price <= limit
    text = (
        N_("Up to {limit:,} won a private contract may be made with this group.")
        if within
        else N_("Above {limit:,} won no private contract is made with this group.")
    )
    how = N_("Above {one:,} won two quotations are needed.")
    if estimated_price <= one:
        how = N_("Up to {one:,} won one quotation suffices.")
    elif not one:
        how = N_("Two quotations are needed.")
    return Verdict(
        within,
        (
            row.reason("award.private.limit", text, limit=limit),
            row.reason("award.private.quotations", how, one=one),
        ),
    )
