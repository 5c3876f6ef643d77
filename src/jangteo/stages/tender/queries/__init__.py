"""What others may ask of this stage."""

from jangteo.stages.tender.queries.checks import (
    Filled,
    custody_problems,
    filled,
    price_defaults,
    problems,
    rule_day,
)
from jangteo.stages.tender.queries.choices import (
    licence_choices,
    names,
    region_choices,
    unit_choices,
)
from jangteo.stages.tender.queries.lists import (
    SORTS,
    STATUSES,
    MyTender,
    SearchPage,
    SearchRow,
    my_tenders,
    search,
)
from jangteo.stages.tender.queries.papers import history_for, paper, papers
from jangteo.stages.tender.queries.rows import (
    DraftRow,
    NoticeRow,
    TenderRow,
    TermsRow,
    current_notice,
    draft,
    is_inside,
    notice,
    scope_of,
    tender_for,
    tender_named,
    versions,
)
from jangteo.stages.tender.queries.schedule import Suggestion, altered, suggestion
from jangteo.stages.tender.queries.tasks import tasks_for
from jangteo.stages.tender.states import AWARD_METHODS, PROCEDURES, REGIMES

__all__ = [
    "AWARD_METHODS",
    "PROCEDURES",
    "REGIMES",
    "SORTS",
    "STATUSES",
    "DraftRow",
    "Filled",
    "MyTender",
    "NoticeRow",
    "SearchPage",
    "SearchRow",
    "Suggestion",
    "TenderRow",
    "TermsRow",
    "altered",
    "current_notice",
    "custody_problems",
    "draft",
    "filled",
    "history_for",
    "is_inside",
    "licence_choices",
    "my_tenders",
    "names",
    "notice",
    "paper",
    "papers",
    "price_defaults",
    "problems",
    "region_choices",
    "rule_day",
    "scope_of",
    "search",
    "suggestion",
    "tasks_for",
    "tender_for",
    "tender_named",
    "unit_choices",
    "versions",
]
