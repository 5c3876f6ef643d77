"""Statutes and their articles for readers of English; Korean readers get them as they are cited.

The one table of names. A public rule keeps its own name, an article becomes ", Article 42(5)": the
paragraph (항) in brackets, then the item (호), then its letter (목).
"""

import re
from collections.abc import Callable

#: statute as cited -> its English name; its decree and its rule follow from it
ACTS = {
    "국가계약법": "State Contracts Act",
    "지방계약법": "Local Contracts Act",
    "전자조달법": "Electronic Procurement Act",
    "건설산업기본법": "Framework Act on the Construction Industry",
    "하도급거래 공정화에 관한 법률": "Fair Transactions in Subcontracting Act",
    "하도급거래공정화법": "Fair Transactions in Subcontracting Act",
    "부가가치세법": "Value-Added Tax Act",
    "지방자치법": "Local Autonomy Act",
    "관공서의 공휴일에 관한 규정": "Regulations on Public Holidays of Government Offices",
    "국고금 관리법": "Management of the National Funds Act",
    "전기공사업법": "Electrical Construction Business Act",
    "정보통신공사업법": "Information and Communications Construction Business Act",
    "소방시설공사업법": "Fire-Fighting Systems Installation Business Act",
}
#: rules made under the statutes -> English; PPS is the Public Procurement Service (조달청)
RULES = {
    "정부 입찰·계약 집행기준": "Government Standards for Tendering and Contracts",
    "지방자치단체 입찰 및 계약집행기준": "Local Government Standards for Tendering and Contracts",
    "지방자치단체 입찰 및 계약 집행기준": "Local Government Standards for Tendering and Contracts",
    "지방자치단체 입찰시 낙찰자 결정기준": "Local Government Criteria for Choosing the Awardee",
    "지방자치단체 공사계약일반조건": "Local Government General Conditions of Works Contracts",
    "공사계약일반조건": "General Conditions of Works Contracts",
    "조달청 시설공사 적격심사세부기준": "PPS Qualification Criteria for Works",
    "조달청 물품구매 적격심사 세부기준": "PPS Qualification Criteria for Goods",
    "조달청 일반용역 적격심사 세부기준": "PPS Qualification Criteria for Services",
    "조달청 협상에 의한 계약 제안서평가 세부기준": "PPS Criteria for Evaluating Proposals",
    "중소기업자간 경쟁제품 중 물품의 구매에 관한 계약이행능력심사 세부기준":
        "Criteria of Ability to Perform for Products Reserved to Smaller Enterprises",
    "공사계약 종합심사낙찰제 심사기준": "Criteria of Comprehensive Evaluation of Works",
    "협상에 의한 계약체결기준": "Standards for Contracts by Negotiation",
    "공동계약운용요령": "Guidelines for Joint Contracts",
    "예정가격작성기준": "Standards for Setting Reserve Prices",
    "예정가격 작성 기준": "Standards for Setting Reserve Prices",
    "국가종합전자조달시스템 전자입찰특별유의서": "Special Instructions for Electronic Bidding",
    "입찰유의서": "Instructions to Bidders",
    "적격심사기준": "Qualification Criteria",
}  # fmt: skip

_LETTERS = dict(zip("가나다라마바사아자차카타파하", "abcdefghijklmn", strict=True))
_KIN = {"시행령": "Enforcement Decree", "시행규칙": "Enforcement Rule"}
_NAMES = {**ACTS, **RULES}
_NAME = re.compile("|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)))
_UNDER = re.compile(r"^(.*제\d.*?)의 위임에 따른 (.*)$")


def in_english(law: str) -> str:
    """A citation in English; what the table does not know stays as it is."""
    under = _UNDER.match(law)
    if under:
        return f"{in_english(under[2])} (under the {in_english(under[1])})"
    said = re.sub(
        rf"({'|'.join(map(re.escape, ACTS))}) ({'|'.join(_KIN)})",
        lambda one: f"{_KIN[one[2]]} of the {ACTS[one[1]]}", law,
    )  # fmt: skip
    said = _NAME.sub(lambda one: _NAMES[one[0]], said)
    for ours, theirs in _KIN.items():
        said = said.replace(ours, theirs)
    return _places(said) if said != law else law


def _places(said: str) -> str:
    """Articles, paragraphs, items and letters."""
    for pattern, to in _PLACES:
        said = re.sub(pattern, to, said)
    return said


def _letter(one: re.Match[str]) -> str:
    return f"({_LETTERS[one[1]]})"


def _place(one: re.Match[str]) -> str:
    """제30조의2, 제1호의2: a number and, if it was put in later, its own."""
    return f"{one[1]}-{one[2]}" if one[2] else one[1]


#: in this order; what stands behind another place is shorter than what stands alone
_PLACES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"부터 (.*?)까지", r" to \1"),
    (r"·제", ", 제"),
    (r" 단서", ", proviso"),
    (r"부칙 제(\d+)호", r"Addenda No. \1"),
    (r"\[별표 ([\d·]+)\]", lambda one: f"[Annex {one[1].replace('·', ', ')}]"),
    (r" ([A-E])등급", r" grade \1"),
    (r"제(\d+)조(?:의(\d+))?", lambda one: f"Article {_place(one)}"),
    (r"(?<=[a-z\]]) Article", ", Article"),
    (r"(?<=\d)제(\d+)항", r"(\1)"),
    (r"제(\d+)항", r"paragraph \1"),
    (r"(?<=[\d)])제", " 제"),
    (r"제(\d+)호(?:의(\d+))?", lambda one: f"item {_place(one)}"),
    (r"([가나다라마바사아자차카타파하])목", _letter),
    (r"(?<=\))([가나다라마바사아자차카타파하])\)", _letter),
    (r"(?<=\))(\d+)\)|(?<= )(\d+)\)", lambda one: f"({one[1] or one[2]})"),
)
