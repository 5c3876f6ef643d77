"""Two ways to say no: a Refusal is the law or the form speaking, a Fault is us being broken."""

from collections.abc import Mapping
from typing import Any


def N_(msgid: str) -> str:  # noqa: N802 - gettext's customary name for "translate later"
    """Mark an English sentence for translation; the door that shows it translates it."""
    return msgid


class Refusal(Exception):
    """The law, a rule or a check says no, and says how to repair it.

    code    stable, lower-case words joined by dots: "tender.notice_period.too_short"
    text    an English sentence marked with N_, with {placeholders} filled from params
    repair  an English sentence marked with N_ that says what to do
    law     the article, in Korean as cited: "국가계약법 시행령 제35조제3항"
    field   the form field concerned, or ""
    status  what an HTTP door answers: 400 malformed, 403 not yours, 404 not there, 409 not now,
            422 understood and refused
    """

    def __init__(
        self,
        code: str,
        text: str,
        *,
        repair: str = "",
        law: str = "",
        field: str = "",
        status: int = 422,
        **params: Any,
    ) -> None:
        super().__init__(f"{code}: {text.format(**params) if params else text}")
        self.code = code
        self.text = text
        self.repair = repair
        self.law = law
        self.field = field
        self.status = status
        self.params: Mapping[str, Any] = params


class Refusals(Exception):
    """Several refusals at once, so that a person can repair them in one go."""

    def __init__(self, refusals: "list[Refusal]") -> None:
        super().__init__("; ".join(str(refusal) for refusal in refusals))
        self.refusals = tuple(refusals)


class Fault(Exception):
    """We are broken: a promise of our own did not hold. Never shown as the user's mistake."""
