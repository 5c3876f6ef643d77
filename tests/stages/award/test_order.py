"""Who may is asked before anything else is."""

import pytest

from tests.stages.award.opened import opened, refused

pytestmark = pytest.mark.django_db


def test_who_may_not_is_told_so_before_anything_else() -> None:
    here = opened()
    here.call()
    refused("examination.pass_review.forbidden",
            lambda: here.do("pass_review", "approver", scores={}), 403)  # fmt: skip
    refused(
        "examination.fail_review.forbidden",
        lambda: here.do("fail_review", "approver", ground="ugly", note=""),
        403,
    )
    refused("examination.ask_supplement.forbidden",
            lambda: here.do("ask_supplement", "approver", text=""), 403)  # fmt: skip
    refused("examination.withdraw.forbidden", lambda: here.do("withdraw", "bidder0"), 403)
    here.passed()
    refused("award.propose.forbidden", lambda: here.do("propose", "approver"), 403)
    here.do("propose", "officer")
    refused("examination.withdraw.forbidden", lambda: here.do("withdraw", "bidder0"), 403)
    refused("award.confirm.forbidden", lambda: here.do("confirm", "officer"), 403)
    refused("award.refuse.forbidden", lambda: here.do("refuse", "officer", reason=""), 403)
    here.do("confirm", "approver")
    refused("award.ask_annulment.forbidden",
            lambda: here.do("ask_annulment", "opener", cause="x", reason=""), 403)  # fmt: skip
    refused("award.annul.forbidden", lambda: here.do("annul", "officer"), 403)
