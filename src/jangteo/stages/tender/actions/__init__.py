"""What may be done to a tender; each verb is a row of the state table."""

from jangteo.stages.tender.actions.closing import cancel, close, settle
from jangteo.stages.tender.actions.custody import add_agency_seed, add_custody, ask_for_keys
from jangteo.stages.tender.actions.drafting import (
    attach,
    detach,
    draft_at_once,
    draft_tender,
    save_draft,
)
from jangteo.stages.tender.actions.entry import (
    agree_reason,
    borrow_person,
    give_reason,
    second_entry,
)
from jangteo.stages.tender.actions.publishing import (
    abandon_correction,
    correct,
    publish,
    start_correction,
)
from jangteo.stages.tender.actions.trial import see_examples

__all__ = [
    "abandon_correction",
    "add_agency_seed",
    "add_custody",
    "agree_reason",
    "ask_for_keys",
    "attach",
    "borrow_person",
    "cancel",
    "close",
    "correct",
    "detach",
    "draft_at_once",
    "draft_tender",
    "give_reason",
    "publish",
    "save_draft",
    "second_entry",
    "see_examples",
    "settle",
    "start_correction",
]
