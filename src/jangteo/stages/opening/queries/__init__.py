"""What others may ask of this stage."""

from jangteo.stages.opening.queries.calculations import Calculations, beside, calculations
from jangteo.stages.opening.queries.figures import two_results
from jangteo.stages.opening.queries.holds import HoldRow, holds
from jangteo.stages.opening.queries.result import (
    SENTENCES,
    bundle,
    latest_results,
    my_result,
    result,
)
from jangteo.stages.opening.queries.rows import (
    BidRow,
    CustodianRow,
    EnvelopeRow,
    ExclusionRow,
    MyResult,
    OpeningLine,
    OpeningState,
    PriceRow,
    ResultLine,
    ResultRow,
    SignatureRow,
)
from jangteo.stages.opening.queries.state import (
    article_of,
    bidders,
    opening_state,
    openings_of,
    title_of,
)
from jangteo.stages.opening.queries.steps import officer_backup, panel, steps
from jangteo.stages.opening.queries.tasks import tasks_for
from jangteo.stages.opening.queries.way_out import WayOutRow, WaysOut, ways_out

__all__ = [
    "SENTENCES",
    "BidRow",
    "Calculations",
    "CustodianRow",
    "EnvelopeRow",
    "ExclusionRow",
    "HoldRow",
    "MyResult",
    "OpeningLine",
    "OpeningState",
    "PriceRow",
    "ResultLine",
    "ResultRow",
    "SignatureRow",
    "WayOutRow",
    "WaysOut",
    "article_of",
    "beside",
    "bidders",
    "bundle",
    "calculations",
    "holds",
    "latest_results",
    "my_result",
    "officer_backup",
    "opening_state",
    "openings_of",
    "panel",
    "result",
    "steps",
    "tasks_for",
    "title_of",
    "two_results",
    "ways_out",
]
