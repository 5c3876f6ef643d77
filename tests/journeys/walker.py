"""Somebody at a browser, who holds every page looked at to the same checks."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    FilePayload,
    Locator,
    Request,
)

from jangteo.interfaces.rehearsal import personas

#: name of a width -> (width, height, whether fingers point)
WIDTHS = {"desktop": (1280, 900, False), "phone": (390, 844, True)}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}
#: Sentences in Latin letters that a reader of Korean sees; not code, nor what is marked as English.
FOREIGN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (box.closest("code, pre, script, style, noscript, [lang=en]")) continue;
    const text = walker.currentNode.textContent.trim();
    if (/[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text) && box.checkVisibility()) found.push(text);
  }
  return found;
}"""
SHOTS = os.environ.get("JANGTEO_SHOTS", "")


@dataclass(frozen=True, slots=True)
class Reader:
    """How a person reads: by which width, in which language."""

    width: str
    language: str = "ko-KR"


class Walker:
    """One person's browser window. Nothing may go wrong in it unnoticed."""

    def __init__(self, browser: Browser, site: str, reader: Reader, story: str) -> None:
        wide, high, fingers = WIDTHS[reader.width]
        self.reader, self.site, self.story = reader, site, story
        self.context = browser.new_context(
            viewport={"width": wide, "height": high},
            locale=reader.language,
            has_touch=fingers,
            is_mobile=fingers,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.troubles: list[str] = []
        self.seen = 0
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text} at {self.page.url}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "localhost":
            self.troubles.append(f"a request left this machine: {request.url}")

    def close(self) -> None:
        """Close the window; whatever went wrong in it fails the test."""
        self.context.close()
        assert not self.troubles, self.troubles

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site + path)

    def act_as(self, persona: str) -> None:
        """Be somebody of the practice world, with one click on the home page."""
        self.go("/")
        self.page.locator(f"button[value={persona}]").click()
        known = personas.persona(persona)
        assert known is not None, persona
        self.page.wait_for_url(f"**{known.first}")

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as people do."""
        self.go("/sign-in")
        self.fill(login=username, password=password)
        self.press("로그인", within="main")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def refused(self, do: Callable[[], None], *, status: int) -> None:
        """Do what the server refuses; the browser's note of that very status is no trouble."""
        do()
        self.page.wait_for_load_state()
        known = f"responded with a status of {status}"
        assert any(known in trouble for trouble in self.troubles), (status, self.troubles)
        self.troubles = [trouble for trouble in self.troubles if known not in trouble]

    def fill(self, *, within: str = "main", **answers: str) -> None:
        """Type answers, by the names of their fields."""
        for name, text in answers.items():
            self.page.locator(f"{within} [name={name}]").fill(text)

    def press(self, label: str, *, within: str = "main") -> None:
        """Press the button, or follow the link, of this name."""
        place = self.page.locator(within)
        named = place.get_by_role("button", name=label, exact=True)
        self._first(named.or_(place.get_by_role("link", name=label, exact=True))).click()

    def choose(self, *, within: str = "main", **codes: str) -> None:
        """Take an entry of lists, by the names of their fields and the entries' codes."""
        for name, code in codes.items():
            self.page.select_option(f"{within} [name={name}]", code)

    def upload(self, name: str, file: str, data: bytes, *, media_type: str = "text/plain") -> None:
        """Choose a file for a field."""
        given: FilePayload = {"name": file, "mimeType": media_type, "buffer": data}
        self.page.set_input_files(f"main [name={name}]", given)

    def download(self, words: str) -> bytes:
        """What the first link that holds these words gives to be saved."""
        with self.page.expect_download() as coming:
            self.follow(words)
        return Path(coming.value.path()).read_bytes()

    def unfold(self, words: str) -> None:
        """Open what is folded under these words."""
        self._first(self.page.locator("main summary", has_text=words)).click()

    def mark(self, label: str) -> None:
        """Tick the box, or take the choice, of this label."""
        self._first(self.page.locator("main label", has_text=label)).click()

    def follow(self, words: str) -> None:
        """Follow the first link of the page that holds these words."""
        self._first(self.page.locator("main").get_by_role("link", name=words)).click()

    def task(self, words: str) -> None:
        """Follow a task of one's own; the desk shows the next five, its whole list has all."""
        self.go("/desk/tasks")
        self.follow(words)

    def _first(self, found: Locator) -> Locator:
        found.first.wait_for()
        return found.first

    def reads(self, text: str) -> None:
        """The page says this, and one can see it."""
        self._first(self.page.get_by_text(text)).wait_for()

    def text(self, selector: str = "main") -> str:
        """What stands in a part of the page, as one line."""
        return re.sub(r"\s+", " ", self.page.locator(selector).first.inner_text())

    def first_task(self) -> str:
        """What one's desk says first."""
        self.go("/desk")
        return self.text("section[aria-labelledby=next]")

    def wait(self, done: Callable[[], bool], *, seconds: float = 30) -> None:
        """Wait for something outside the page."""
        for _try in range(int(seconds * 5)):
            try:
                if done():
                    return
            except Error:  # the page was just loading itself again
                self.page.wait_for_load_state()
            self.page.wait_for_timeout(200)
        raise AssertionError(f"waited in vain at {self.page.url}")

    def look(self, name: str) -> None:
        """Judge the page as it stands; again if it loaded itself anew meanwhile."""
        self.seen += 1
        for last in (False, False, True):
            try:
                return self._judge(name)
            except Error as error:
                if last or "context was destroyed" not in error.message:
                    raise
        return None

    def _judge(self, name: str) -> None:
        page = self.page
        page.wait_for_load_state()
        if SHOTS:
            folder = Path(SHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            file = f"{self.story}-{self.seen:02d}-{name}-{self.reader.width}.png"
            page.screenshot(path=folder / file, full_page=True)
        where = f"{name} ({self.reader.width}) {page.url}"
        assert page.locator("h1").count() == 1, where
        assert page.locator(".jt-banner").is_visible(), where
        wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= WIDTHS[self.reader.width][0] and wide[0] <= wide[1], (where, wide)
        if self.reader.language == "ko-KR":
            assert page.evaluate(FOREIGN) == [], where
        found = Axe().run(page, options=RULES)
        assert not found.violations_count, f"{where}\n{found.generate_report()}"
        assert not self.troubles, self.troubles
