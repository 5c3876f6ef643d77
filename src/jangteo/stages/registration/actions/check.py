"""What is checked of an organisation's papers before a person looks at them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ground.text import agency_code_valid, business_number_valid
from jangteo.rules.eligibility.licence import licences
from jangteo.rules.eligibility.region import regions
from jangteo.stages.registration import states
from jangteo.stages.registration.queries import LicenceRow

LAW = "국가계약법 시행규칙 제15조"
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@dataclass(frozen=True, slots=True)
class Papers:
    """All that an organisation hands in, whatever its kind."""

    kind: str
    name: str
    identifier: str
    region: str
    representative: str
    address: str
    username: str = ""
    password: str | None = None
    name_en: str = ""
    regime: str = ""
    licences: Sequence[LicenceRow] = ()


def check_papers(papers: Papers, *, on: date) -> None:
    """Refusals with every field that cannot be right on a day."""
    found = [*_empty(papers), *_number(papers), *_lists(papers, on), *_licences(papers, on)]
    if found:
        raise Refusals(found)


def check_username(username: str) -> None:
    """Refusal `account.username.malformed` unless it is 3 to 60 small letters, digits and . _ -."""
    if not _USERNAME.fullmatch(username):
        raise Refusal(
            "account.username.malformed",
            N_("The sign-in name has characters that are not allowed, or is too short."),
            repair=N_("Use 3 to 60 small letters, digits, dots, hyphens or underscores."),
            field="username",
        )


def check_password(password: str | None) -> None:
    """Refusal `account.password.weak`; None is allowed: the person signs in by other means."""
    if password is None:
        return
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal(
            "account.password.weak",
            N_("This password is too easy to guess."),
            repair=N_("Use at least ten characters that are not a common word or only digits."),
            field="password",
        ) from error


def _empty(papers: Papers) -> Iterable[Refusal]:
    most = {"name": 100, "representative": 60, "address": 200}
    for field, longest in most.items():
        value = getattr(papers, field)
        if not value.strip() or len(value) > longest:
            yield Refusal(
                f"registration.{field}.length",
                N_("This must be filled in, with at most {longest} letters."),
                repair=N_("Write it as it stands on the certificate."),
                field=field,
                longest=longest,
            )


def _number(papers: Papers) -> Iterable[Refusal]:
    if papers.kind == "supplier" and not business_number_valid(papers.identifier):
        yield Refusal(
            "registration.business_number.wrong",
            N_("This is not a business registration number: the check digit does not fit."),
            repair=N_("Copy the ten digits from the business registration certificate."),
            law="부가가치세법 제8조",
            field="identifier",
        )
    if papers.kind == "agency" and not agency_code_valid(papers.identifier):
        yield Refusal(
            "registration.agency_code.wrong",
            N_("An institution code has seven characters."),
            repair=N_("Look it up in the administrative standard codes."),
            field="identifier",
        )


def _lists(papers: Papers, on: date) -> Iterable[Refusal]:
    if papers.region not in {one.code for one in regions(on)}:
        yield Refusal(
            "registration.region.unknown",
            N_("We do not know this province."),
            repair=N_("Choose one of the seventeen provinces."),
            field="region",
        )
    if papers.kind == "agency" and papers.regime not in states.REGIMES:
        yield Refusal(
            "registration.regime.unknown",
            N_("Say which contract law the agency is under."),
            repair=N_("Choose the State Contracts Act or the Local Contracts Act."),
            field="regime",
        )


def _licences(papers: Papers, on: date) -> Iterable[Refusal]:
    codes = [one.code for one in papers.licences]
    if papers.kind == "supplier" and not codes:
        yield Refusal(
            "registration.licences.none",
            N_("A supplier of works needs at least one licence."),
            repair=N_("Enter the licences that you hold."),
            law=LAW,
            field="licences",
        )
    if len(codes) != len(set(codes)):
        yield Refusal(
            "registration.licences.twice",
            N_("A licence is entered twice."),
            repair=N_("Enter each licence once."),
            field="licences",
        )
    yield from (check for one in papers.licences for check in check_licence(one, on=on))


def check_licence(licence: LicenceRow, *, on: date) -> Iterable[Refusal]:
    """What is wrong with one licence on a day."""
    if licence.code not in {one.code for one in licences(on)}:
        yield Refusal(
            "registration.licence.unknown",
            N_("We do not know a licence with the code {licence}."),
            repair=N_("Choose one from the list."),
            law="건설산업기본법 시행령 제7조 [별표 1]",
            field="licences",
            licence=licence.code,
        )
    if not licence.number.strip() or len(licence.number) > 40:
        yield Refusal(
            "registration.licence.number",
            N_("The number of the licence is missing or too long."),
            repair=N_("Copy it from the certificate."),
            field="licences",
        )
