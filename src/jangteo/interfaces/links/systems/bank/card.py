"""Who pays the payees."""

from jangteo.interfaces.links.link import Card

CARD = Card(
    id="bank",
    name="펌뱅킹(거래은행·금융결제원 중계)",
    owner="거래은행·금융결제원",
    law="전자조달법 제9조의2",
    takes=("Transfer",),
    variable="JANGTEO_LINK_BANK",
    hours="At any time; around midnight the banks close the day and answers may be late.",
    basis="Presumed: fixed-length text, EUC-KR, inquiry by key; each bank has its own layout.",
    encoding="cp949",
)
