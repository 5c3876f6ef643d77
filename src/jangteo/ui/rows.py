"""The rows of the dated tables in plain words: what the rule is about, and since when it holds."""

from django.utils.translation import gettext

from jangteo.ground.errors import N_, Fault
from jangteo.rules import dated
from jangteo.ui.days import day_text

#: table -> what its rows are about
TABLES = {
    "award/balance_price": N_("Balance price"),
    "award/committee": N_("Marks of the evaluation committee"),
    "award/competition": N_("How many valid bids are needed"),
    "award/comprehensive": N_("Comprehensive evaluation"),
    "award/difficulty": N_("Difficulties of works"),
    "award/negotiation": N_("Weights of technique and price"),
    "award/negotiation_price": N_("Price score of negotiated contracts"),
    "award/private_contract": N_("Limits of small private contracts"),
    "award/quotation_limit": N_("Limit of small-value quotations"),
    "award/screening": N_("Marks of the qualification screening"),
    "award/screening_limit": N_("From where on works are not screened"),
    "calendar/gazette": N_("Holidays decreed by the government"),
    "calendar/holidays": N_("Public holidays"),
    "contract/template": N_("Template of the contract"),
    "deadline/briefing": N_("Site briefing of works"),
    "deadline/correction": N_("Days added by a correction"),
    "deadline/international": N_("Threshold of international tendering"),
    "deadline/notice_period": N_("Notice period"),
    "deadline/steps": N_("Days for each step after the opening"),
    "deadline/urgency": N_("Urgent notices"),
    "deadline/window": N_("Hours of bidding and the opening after them"),
    "eligibility/debarment": N_("Debarment"),
    "eligibility/joint": N_("Joint contractors"),
    "eligibility/licences": N_("Trades of construction"),
    "eligibility/region_limit": N_("Amounts up to which a region may be asked for"),
    "eligibility/regions": N_("Regions"),
    "eligibility/seat": N_("How long a head office must have lain in the region"),
    "eligibility/size": N_("Purchases reserved to smaller enterprises"),
    "entry/care": N_("Care of a notice by its amount"),
    "entry/limits": N_("Amounts that are doubted"),
    "entry/words": N_("Words of a title and their licences"),
    "payment/delay_damages": N_("Damages for delay"),
    "payment/direct": N_("Direct payment of subcontractors"),
    "payment/late_interest": N_("Interest on late payment"),
    "price/draw": N_("Preliminary prices and how many are drawn"),
    "price/floor_rate": N_("Floor rate of the award"),
    "price/mean_of": N_("Which prices the mean is taken of"),
    "price/mean_rounding": N_("Rounding of the reserve price"),
    "price/net_cost": N_("Net-cost line"),
    "price/range": N_("Range of the preliminary prices"),
    "price/rounding": N_("Rounding of the preliminary prices"),
    "price/strata": N_("How the range is cut into 15 cells"),
    "price/unit": N_("Unit of the preliminary prices"),
    "price/vat": N_("Value-added tax"),
    "security/bid": N_("Bid security"),
    "security/defect": N_("Defect security"),
    "security/performance": N_("Performance security"),
    "security/works_bond": N_("Performance bond of works"),
}


def row_text(row_id: str) -> str:
    """A row by its id: "Floor rate of the award, in force since Tue 1 Jul 2025".

    Its day is left out where the row is no longer known; an unknown table stays its key.
    """
    table = row_id.partition(":")[0]
    if table not in TABLES:
        return row_id
    try:
        row = dated.row(row_id)
    except Fault:
        return gettext(TABLES[table])
    said = N_("{rule}, in force since {day}")
    if row.sure == "assumed":
        said = N_("{rule}, in force since {day} (assumed: no official text at hand)")
    return gettext(said).format(rule=gettext(TABLES[table]), day=day_text(row.period.since))
