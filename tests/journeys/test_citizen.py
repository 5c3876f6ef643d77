"""Somebody without an account follows one tender from the home page to the public log."""

from tests.journeys.conftest import Window
from tests.journeys.seen import downloaded_hash, shows_result
from tests.journeys.town import Town


def test_a_citizen_follows_a_result_without_signing_in(window: Window, town: Town) -> None:
    citizen = window("citizen")
    citizen.go("/")
    citizen.look("home")
    citizen.follow("감사자, 시민")
    citizen.look("opened-tenders")
    found = _ranked(town)
    number = found["number"]
    citizen.follow(found["title"])
    citizen.look("tender")
    citizen.page.locator(f"main a[href='/tenders/{number}/result']").first.click()
    shows_result(citizen, found)
    citizen.look("result")
    assert downloaded_hash(citizen, number) == found["bundle_hash"]
    citizen.press("값마다 이유 보기")
    for steps in found["steps"].values():
        assert all(step["text"] in citizen.text() for step in steps)
    citizen.look("why")
    for place in ("공개 기록부", "장터 안내", "접근성 안내", "개발자 안내"):
        citizen.press(place, within="footer")
        citizen.look(place.replace(" ", "-"))


def test_a_failed_tender_says_why(window: Window, town: Town) -> None:
    citizen = window("failed")
    citizen.go("/tenders?status=unsuccessful")
    citizen.look("failed-tenders")
    number = town.visitor.get("/tenders", status="unsuccessful")["tenders"][0]["number"]
    found = town.result(number)
    assert found["outcome"] == "failed" and found["law"]
    citizen.go(f"/tenders/{number}/result")
    assert found["text"] in citizen.text() and found["law"] in citizen.text()
    citizen.look("failed-result")
    citizen.go(f"/tenders/{number}/why")
    citizen.look("failed-why")


def test_the_market_says_what_it_does_not_have(window: Window) -> None:
    citizen = window("lost")
    citizen.go("/tenders?text=" + "없는공사" * 5)
    assert "맞는 공고가 없습니다" in citizen.text()
    citizen.look("nothing-found")
    citizen.refused(lambda: citizen.go("/tenders/R26BK99999999"), status=404)
    citizen.look("no-such-tender")
    citizen.go("/desk")
    citizen.look("not-signed-in")
    citizen.fill(login="nobody", password="wrong-password")
    citizen.press("로그인")
    assert "아이디와 비밀번호가 맞지 않습니다." in citizen.text(".jt-errors")
    citizen.look("sign-in-refused")


def _ranked(town: Town) -> dict:
    """The result of the newest tender that was ranked."""
    for line in town.visitor.get("/tenders", status="opened")["tenders"]:
        found = town.result(line["number"])
        if found["outcome"] == "published":
            return {**found, "title": line["title"]}
    raise AssertionError("the practice world has no result")
