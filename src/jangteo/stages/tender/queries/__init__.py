"""What others may ask of this stage."""

from jangteo.stages.tender.queries.lists import (
    SORTS,
    STATUSES,
    MyTender,
    SearchPage,
    SearchRow,
    my_tenders,
    search,
)
from jangteo.stages.tender.queries.rows import (
    DraftRow,
    NoticeRow,
    TenderRow,
    TermsRow,
    draft,
    notice,
    scope_of,
    tender_for,
    versions,
)

__all__ = [
    "SORTS",
    "STATUSES",
    "DraftRow",
    "MyTender",
    "NoticeRow",
    "SearchPage",
    "SearchRow",
    "TenderRow",
    "TermsRow",
    "draft",
    "my_tenders",
    "notice",
    "scope_of",
    "search",
    "tender_for",
    "versions",
]
