"""Every doubt about a notice that was entered, stops first."""

from jangteo.rules.entry import amounts, budget, copied, net_cost, slots, terms, usual, words
from jangteo.rules.entry.finding import STOP, Entered, Finding, Past

NOTHING_KNOWN = Past()


def doubts(entered: Entered, past: Past = NOTHING_KNOWN) -> list[Finding]:
    """Stops, which cannot be overridden, then warnings, each with its reason.

    What the law itself forbids is told elsewhere: periods, days and hours by rules/deadline, a
    floor rate that is not the table's by the stage. Law: 국가계약법 시행령 제7조, 제9조, 제21조;
    지방계약법 시행령 제7조, 제10조, 제20조.
    """
    found = [
        *amounts.with_and_without_tax(entered),
        *amounts.a_value(entered),
        *net_cost.share(entered),
        *terms.price_range(entered),
        *terms.price_unit(entered),
        *terms.floor_rate(entered),
        *budget.against_the_base(entered),
        *amounts.against_the_market(entered, past),
        *amounts.last_digits(entered, past),
        *usual.against_own(entered, past),
        *slots.deadline(entered),
        *words.category(entered),
        *words.licences(entered),
        *words.regions(entered),
        *copied.from_before(entered, past),
        *copied.few_left(entered, past),
    ]
    return sorted(found, key=lambda one: one.kind != STOP)
