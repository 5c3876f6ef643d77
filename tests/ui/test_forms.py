"""What people type becomes ground values, or a sentence at its field."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.utils.translation import override

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ui.fields import styled
from jangteo.ui.forms import Form, MomentField, MoneyField, RateField, show_refusal


class Sample(Form):
    amount = MoneyField(positive=True)
    rate = RateField()
    at = MomentField()


def filled(**changes: str) -> Sample:
    return Sample({"amount": "1,000", "rate": "89.745", "at": "2026-11-24T10:00", **changes})


@pytest.mark.parametrize("typed", ["1,234,500,000", "1234500000", " 1234500000원", "₩1234500000"])
def test_money_is_whole_won_however_it_is_typed(typed: str) -> None:
    form = filled(amount=typed)
    assert form.is_valid()
    assert form.cleaned_data["amount"] == 1_234_500_000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("0", "required"),
        ("-5", "not_whole_won"),
        ("1.5", "not_whole_won"),
        ("1e9", "not_whole_won"),
        ("１２", "not_whole_won"),
        ("9" * 16, "too_large"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, code: str) -> None:
    form = filled(amount=typed)
    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()["amount"]] == [code]


@pytest.mark.parametrize(
    ("typed", "kept"), [("89.745", "89.745"), ("-3", "-3"), ("+3", "3"), (" 87.7 %", "87.7")]
)
def test_a_rate_stays_text_with_its_digits(typed: str, kept: str) -> None:
    form = filled(rate=typed)
    assert form.is_valid()
    assert form.cleaned_data["rate"] == kept


@pytest.mark.parametrize("typed", ["89.7451", "abc", "1e2", "8 9.", ""])
def test_what_is_no_rate_is_refused(typed: str) -> None:
    assert list(filled(rate=typed).errors) == ["rate"]


def test_a_moment_is_korean_time() -> None:
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_an_amount_is_shown_again_with_its_separators() -> None:
    assert 'value="1,234,500"' in str(Sample(initial={"amount": 1_234_500})["amount"])


def test_a_refusal_goes_to_its_field_and_an_unknown_field_to_the_top() -> None:
    form = filled()
    assert form.is_valid()
    with override("en"):
        show_refusal(
            form,
            Refusals(
                [
                    Refusal("a.b", N_("Too little."), repair=N_("Add."), field="amount"),
                    Refusal("a.c", N_("Not today."), field="elsewhere"),
                ]
            ),
        )
    assert form.errors["amount"] == ["Too little. Add."]
    assert form.non_field_errors() == ["Not today."]
    assert form.errors.as_data()["amount"][0].code == "a.b"


def test_an_empty_field_is_named_so_that_the_summary_on_top_can_be_understood() -> None:
    class Asked(Form):
        note = forms.CharField(label="What must be mended")
        amount = MoneyField(label="Amount")

    with override("en"):
        form = Asked({})
        assert form.errors["note"] == ["What must be mended: this cannot be left empty."]
        assert form.errors["amount"] == ["Enter an amount."]


def test_a_field_drawn_under_another_id_keeps_its_label_hint_and_error() -> None:
    class Twice(Form):
        note = forms.CharField(label="Note", help_text="A sentence.")

    found = styled(Twice({})["note"], {"id": "id_other_note"})
    assert found["input_id"] == "id_other_note"
    assert found["described"] == "id_other_note_hint id_other_note_error"
    assert 'id="id_other_note"' in found["widget"]
    assert 'aria-describedby="id_other_note_hint id_other_note_error"' in found["widget"]


def test_no_field_of_a_line_that_may_be_left_out_is_called_optional() -> None:
    class Line(Form):
        all_needed = True
        name = forms.CharField(label="Name", required=False)

    class Plain(Form):
        name = forms.CharField(label="Name", required=False)

    assert styled(Line()["name"], {})["optional"] is False
    assert styled(Plain()["name"], {})["optional"] is True
