"""Who keeps the agencies' budgets."""

from jangteo.interfaces.links.link import Card

CARD = Card(
    id="budget",
    name="디지털예산회계시스템(dBrain+)·지방재정관리시스템(e호조+)",
    owner="한국재정정보원·한국지역정보개발원",
    law="국가계약법 시행령 제58조, 지방계약법 시행령 제67조",
    takes=("BudgetCommitment", "DisbursementOrder"),
    variable="JANGTEO_LINK_BUDGET",
    hours="At any time; around month and year ends an answer may take hours.",
    basis="Presumed: no interface of either system is public. Fields follow the tasks.",
)
