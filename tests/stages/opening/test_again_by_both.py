"""What the second engine said of an opening is asked of it again, from the frozen bundle."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings as configured

from jangteo.stages.opening.actions import opened_tenders, verified_again, verified_tenders
from jangteo.stages.opening.models import Result
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.test_both_calculations import FLOOR, doctored
from tests.stages.opening.test_full_opening import one

Begin = Callable[..., Ceremony]


def test_the_second_engine_is_asked_again_and_its_silence_is_a_difference(
    begin: Begin, tmp_path: Path, settings: Any
) -> None:
    made = one(begin)
    made.open()
    assert verified_again(made.number) == []
    root = configured.ROOT
    settings.ROOT = doctored(tmp_path / "doctored")
    said = {what: (was, now) for what, was, now in verified_again(made.number)}
    assert said["second engine"] == ("same", "different")
    assert said["second engine floor_price"] == (f"{FLOOR:,}", f"{FLOOR - 1_000_001:,}")
    assert "second engine reserve_price" not in said and "bundle" not in said
    settings.ROOT = tmp_path / "nowhere"
    assert verified_again(made.number) == [("second engine", "same", "no answer: missing")]
    settings.ROOT = root
    known = Result.objects.get()
    frozen = bytes(known.bundle).replace(b'"reserve_price":', b'"reserve_price": ', 1)
    Result.objects.update(bundle=frozen)
    lines = verified_again(made.number)
    assert [what for what, *_ in lines][:2] == ["bundle", "second engine"]
    assert lines[0][1] == known.bundle_hash
    Result.objects.update(verified="none")
    assert (verified_again(made.number), verified_tenders()) == ([], []), "it was never asked"


def test_a_tender_that_failed_before_anything_was_opened_is_verified_again(
    begin: Begin, tmp_path: Path, settings: Any
) -> None:
    made = begin()
    made.receive((95_000_000, (3, 11)))
    made.prepare()
    made.close()
    assert made.hold().code == "opening.failed.too_few"
    assert (opened_tenders(), verified_tenders()) == ([], [made.number])
    assert verified_again(made.number) == []
    settings.ROOT = tmp_path
    assert verified_again(made.number) == [("second engine", "same", "no answer: missing")]
