"""The lists of a notice's states and the rules' award methods, which import each other never."""

from jangteo.rules.award import METHODS
from jangteo.stages.tender import states


def test_every_award_method_has_its_words_and_every_procedure_its_method() -> None:
    offered = {name for name, one in METHODS.items() if one.offered}
    assert states.AWARD_METHODS.keys() == offered
    assert states.OFFERED.keys() == states.PROCEDURES.keys()
    assert {one.award_method for one in states.OFFERED.values()} == offered
    for offer in states.OFFERED.values():
        assert set(offer.categories) <= states.CATEGORIES.keys()


def test_a_method_names_its_article_for_both_regimes() -> None:
    assert {name: one.laws.keys() for name, one in METHODS.items()} == dict.fromkeys(
        METHODS, states.REGIMES.keys()
    )
