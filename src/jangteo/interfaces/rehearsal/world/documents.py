"""The papers of an invented tender: a notice and a scope of works, plain text that anyone opens."""

import base64

from jangteo.interfaces.rehearsal.play import Agency
from jangteo.interfaces.rehearsal.world.scenes import Scene


def description(scene: Scene) -> str:
    """What the notice says of the work, in two sentences."""
    return (
        f"{scene.title}를 시행할 업체를 일반경쟁과 적격심사로 정합니다. "
        "입찰자는 첨부 문서를 모두 확인한 뒤 투찰하십시오."
    )


def files(scene: Scene) -> list[tuple[str, str]]:
    """(file name, text) of the papers."""
    notice = "\n".join(
        (
            f"입찰공고 — {scene.title}",
            "",
            "이 문서는 연습용입니다. 실제 조달과 관계가 없습니다.",
            f"1. 기초금액: {scene.base_amount:,}원 (부가가치세 포함)",
            f"2. 추정가격: {scene.estimated_price:,}원",
            f"3. A값: {scene.a_value:,}원",
            f"4. 투찰 마감: {scene.deadline:%Y-%m-%d %H:%M}",
            "5. 낙찰자 결정: 예정가격 이하 최저가 입찰자부터 적격심사",
            "6. 예정가격: 복수예비가격 15개 중 입찰자가 가장 많이 고른 4개의 산술평균",
        )
    )
    scope = "\n".join(
        (
            f"과업 설명 — {scene.title}",
            "",
            "이 문서는 연습용입니다.",
            "1. 착공일부터 90일 안에 준공합니다.",
            "2. 자재는 설계서의 규격과 같거나 나은 것을 씁니다.",
            "3. 하도급은 법이 정한 범위에서 발주기관에 알린 뒤에 합니다.",
            "4. 하도급대금과 노무비는 지급받은 날부터 법이 정한 날 안에 지급합니다.",
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
