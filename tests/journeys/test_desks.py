"""Every persona's desk begins with what comes next; the small builder's pages beside it."""

import pytest

from tests.journeys.conftest import Window


@pytest.mark.parametrize("persona", ["officer", "opener", "builder", "agent", "operator"])
def test_a_desk_begins_with_what_comes_next(window: Window, persona: str) -> None:
    one = window(f"desk-{persona}")
    one.act_as(persona)
    assert one.page.locator("main h2").first.inner_text() == "다음에 할 일"
    buttons = one.page.locator("main .krds-btn.primary")
    assert buttons.count() <= 1
    one.look("desk")
    one.go("/")
    one.look("home")
    one.press("로그아웃", within="header")
    one.reads("누구나 확인할 수 있는 공공조달")
    assert one.page.locator("header").get_by_role("link", name="로그인").is_visible()


def test_the_representative_adds_a_licence(window: Window) -> None:
    builder = window("licence")
    builder.act_as("builder")
    builder.go("/people")
    builder.press("면허 추가")
    builder.page.select_option("[name=code]", "0037")
    builder.press("면허 추가")
    assert "등록증 번호를 적으세요." in builder.text(".jt-errors")
    builder.look("refused")
