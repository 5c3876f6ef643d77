"""Invented names: no agency, company or person of the practice world exists."""

import random
from dataclasses import dataclass

from jangteo.ground.text import business_number_complete

#: (name, region code, regime); regions as in rules/data/eligibility
AGENCIES = (
    ("가온시", "41", "local"), ("나래군", "43", "local"), ("다솔시", "44", "local"),
    ("라온구", "11", "local"), ("마루군", "46", "local"), ("바람시", "47", "local"),
    ("새벽군", "51", "local"), ("아람시", "48", "local"), ("여울구", "26", "local"),
    ("윤슬시", "36", "local"), ("이든군", "52", "local"), ("초록구", "27", "local"),
    ("큰나루시", "28", "local"), ("푸른군", "50", "local"), ("하늬시", "29", "local"),
    ("해솔구", "30", "local"), ("가온교육지원청", "41", "local"), ("나래교육지원청", "43", "local"),
    ("다솔교육지원청", "44", "local"), ("아람교육지원청", "48", "local"),
    ("윤슬교육지원청", "36", "local"), ("하늬교육지원청", "29", "local"),
    ("여울항만관리소", "26", "national"), ("중앙산림관리소", "51", "national"),
    ("한누리국립병원", "11", "national"), ("미르국립대학교", "30", "national"),
    ("도담국토관리청", "43", "national"), ("소담기상관측소", "50", "national"),
    ("바른국립연구원", "36", "national"), ("누리국립박물관", "11", "national"),
)  # fmt: skip

_ROOTS = (
    "가온", "나래", "다솜", "라온", "마루", "바른", "새솔", "아람", "이든", "하늬",
    "해솔", "푸른", "한울", "도담", "누리", "미르", "보람", "소담", "여울", "온새미",
    "윤슬", "큰솔", "터울", "하람", "흰여울", "그루", "늘봄", "단비", "로운", "샛별",
)  # fmt: skip
#: (ending of the name, licences); codes as in rules/data/eligibility/licences.toml
_TRADES = (
    ("종합건설", ("0002", "0001")), ("건축", ("0002",)), ("토건", ("0003",)),
    ("조경", ("0005",)), ("전기", ("0037",)), ("정보통신", ("0036",)),
    ("소방", ("0040",)), ("도장방수", ("4992",)), ("포장", ("4989",)), ("설비", ("5001",)),
)  # fmt: skip
REGIONS = (
    "11", "26", "27", "28", "29", "30", "31", "36", "41",
    "43", "44", "46", "47", "48", "50", "51", "52",
)  # fmt: skip
_FAMILY = "김이박최정강조윤장임한오서신권황안송류홍"
_GIVEN = ("서윤", "도현", "하준", "지우", "민서", "시우", "예린", "은호", "다은", "태민", "수아")


@dataclass(frozen=True, slots=True)
class Company:
    """An invented supplier."""

    name: str
    identifier: str
    region: str
    licences: tuple[str, ...]
    representative: str


def person(chance: random.Random) -> str:
    """An invented person's name."""
    return chance.choice(_FAMILY) + chance.choice(_GIVEN)


def companies(count: int, chance: random.Random) -> list[Company]:
    """Up to 300 invented suppliers, each name once."""
    made = []
    for index in range(count):
        trade, licences = _TRADES[index % len(_TRADES)]
        root = _ROOTS[index // len(_TRADES) % len(_ROOTS)]
        identifier = business_number_complete(
            f"{100_000_000 + index * 2_654_321 % 800_000_000:09d}"
        )
        region = REGIONS[(index * 7 + index // 10) % len(REGIONS)]
        made.append(
            Company(f"주식회사 {root}{trade}", identifier, region, licences, person(chance))
        )
    return made


#: who asks to be registered today
APPLICANTS = tuple(
    Company(name, business_number_complete(number), region, licences, representative)
    for name, number, region, licences, representative in (
        ("주식회사 새길방수", "940123401", "44", ("4992",), "문새길"),
        ("주식회사 참빛전기", "940123402", "46", ("0037",), "양참빛"),
    )
)

#: (what is built, licence needed)
WORKS = (
    ("옥상 방수공사", "4992"), ("외벽 도장공사", "4992"), ("본관 리모델링 공사", "0002"),
    ("체육관 증축공사", "0002"), ("하천 정비공사", "0003"), ("진입도로 개설공사", "0003"),
    ("보도 재포장공사", "4989"), ("주차장 포장공사", "4989"), ("가로등 교체 전기공사", "0037"),
    ("수변전설비 개선공사", "0037"), ("구내 통신망 구축공사", "0036"), ("CCTV 설치공사", "0036"),
    ("소방시설 개선공사", "0040"), ("스프링클러 설치공사", "0040"), ("도시숲 조성공사", "0005"),
    ("어린이공원 조경공사", "0005"), ("냉난방설비 교체공사", "5001"), ("급수관 교체공사", "5001"),
)  # fmt: skip
_PLACES = (
    "중앙도서관", "시민회관", "한빛초등학교", "새싹유치원", "푸른중학교", "복지회관", "보건지소",
    "문화센터", "배수펌프장", "정수장", "전통시장", "종합운동장", "청소년수련관", "마을회관",
)  # fmt: skip


def title(index: int, chance: random.Random) -> tuple[str, str]:
    """(title, licence code) of an invented work."""
    work, licence = WORKS[index % len(WORKS)]
    return f"{chance.choice(_PLACES)} {work}", licence


#: what the personas' company is hired for: building works, its licence
BUILDING = (
    "화장실 개보수공사", "외벽 보수공사", "내진 보강공사", "승강기 증설공사", "지붕 누수 보수공사",
    "바닥 교체공사", "편의시설 설치공사", "창호 교체공사", "천장 보수공사", "별관 리모델링 공사",
    "출입구 개선공사",
)  # fmt: skip
BUILDING_LICENCE = "0002"
#: what is built for billions; there is one of it
LARGE = "청사 별관 신축공사"
_BOUGHT = {
    "goods": ("회의실 의자 구매", "복사용지 연간 구매", "공기청정기 구매"),
    "services": ("청사 소독 용역", "승강기 점검 용역", "행사장 설치 용역"),
}
PARTS = (
    "철근콘크리트공사", "방수공사", "창호공사", "미장공사", "도장공사", "타일공사", "금속공사",
)  # fmt: skip


def order(index: int, buys: str, *, own: bool, large: bool = False) -> tuple[str, str]:
    """(title, licence code or "") of what a told tender buys, each title once; own: building."""
    if large:
        return LARGE, BUILDING_LICENCE
    place = _PLACES[index % len(_PLACES)]
    if buys != "works":
        return f"{place} {_BOUGHT[buys][index % 3]}", ""
    if own:
        return f"{place} {BUILDING[index % len(BUILDING)]}", BUILDING_LICENCE
    work, licence = WORKS[index * 5 % len(WORKS)]
    return f"{place} {work}", licence
