"""The papers of an invented tender: a notice and a scope of works, plain text that anyone opens."""

import base64

from jangteo.interfaces.rehearsal.play import Agency
from jangteo.interfaces.rehearsal.world.scenes import Scene

_DECIDED = {
    "open": ("일반경쟁과 적격심사로", "예정가격 이하 최저가 입찰자부터 적격심사"),
    "quotation": ("소액수의 견적으로", "예정가격 이하, 낙찰하한가 이상 최저가 견적 제출자"),
}
_SCOPES = {
    "works": (
        "착공일부터 계약서에 적힌 날까지 준공합니다.",
        "자재는 설계서의 규격과 같거나 나은 것을 씁니다.",
        "하도급은 법이 정한 범위에서 발주기관에 알린 뒤에 합니다.",
        "하도급대금과 노무비는 지급받은 날부터 법이 정한 날 안에 지급합니다.",
    ),
    "goods": (
        "납품 장소에서 물품을 내리고 설치하는 비용까지 견적에 넣습니다.",
        "규격과 같거나 나은 물품을 납품하고, 하자가 있으면 바꾸어 줍니다.",
    ),
    "services": (
        "발주기관이 정한 날에 과업을 하고 결과를 서면으로 냅니다.",
        "과업에 드는 인력과 장비는 계약상대자가 갖춥니다.",
    ),
}


def description(scene: Scene) -> str:
    """What the notice says of what is bought, in two sentences."""
    return (
        f"{scene.title}의 계약상대자를 {_DECIDED[scene.procedure][0]} 정합니다. "
        "첨부 문서를 모두 확인한 뒤 투찰하십시오."
    )


def files(scene: Scene) -> list[tuple[str, str]]:
    """(file name, text) of the papers."""
    notice = "\n".join(
        (
            f"공고 — {scene.title}",
            "",
            "이 문서는 연습용입니다. 실제 조달과 관계가 없습니다.",
            f"1. 기초금액: {scene.base_amount:,}원 (부가가치세 포함)",
            f"2. 추정가격: {scene.estimated_price:,}원",
            f"3. A값: {scene.a_value:,}원",
            *([f"   순공사원가: {scene.net_cost:,}원"] if scene.net_cost is not None else []),
            *([f"   난이도 계수: {scene.difficulty}"] if scene.difficulty else []),
            f"4. 투찰 마감: {scene.deadline:%Y-%m-%d %H:%M}",
            f"5. 낙찰자 결정: {_DECIDED[scene.procedure][1]}",
            "6. 예정가격: 복수예비가격 15개 중 입찰자가 가장 많이 고른 4개의 산술평균",
        )
    )
    points = enumerate(_SCOPES[scene.buys], 1)
    scope = "\n".join(
        (
            f"과업 설명 — {scene.title}",
            "",
            "이 문서는 연습용입니다.",
            *(f"{number}. {point}" for number, point in points),
        )
    )
    return [("공고문.txt", notice), ("과업설명서.txt", scope)]


def add(agency: Agency, number: str, name: str, text: str) -> None:
    """Attach a paper to a draft."""
    agency.contract.post(
        f"/tenders/{number}/documents",
        {
            "title": name,
            "media_type": "text/plain",
            "data": base64.b64encode(text.encode()).decode(),
        },
    )
