"""Each component: what it shows, and that it escapes what people wrote."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from jangteo.ground.reason import Reason
from jangteo.ui.forms import Form, MoneyField
from jangteo.ui.shapes import Paper, Step, SummaryRow, Task

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def draw(text: str, language: str = "en", **values: Any) -> str:
    with override(language):
        drawn = Template("{% load ui %}" + text).render(Context(values))
    return " ".join(drawn.split())


class Sample(Form):
    title = forms.CharField(label="Title", help_text="Short.")
    amount = MoneyField(label="Amount")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_field_is_tied_to_its_hint_and_error() -> None:
    drawn = draw("{% field form.title %}", form=Sample({}))
    assert 'aria-describedby="id_title_hint id_title_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_title_error"' in drawn


def test_a_group_of_choices_is_a_fieldset_with_its_question() -> None:
    drawn = draw("{% field form.kind %}", form=Sample({}))
    assert '<fieldset class="jt-field is-error" aria-describedby="id_kind_error"' in drawn
    assert "<legend>Kind</legend>" in drawn


def test_the_error_summary_leads_to_the_fields() -> None:
    drawn = draw("{% error_summary form %}", form=Sample({"title": "x"}))
    assert '<a href="#id_amount">Enter an amount.</a>' in drawn
    assert "#id_title" not in drawn


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Sample()) == ""


def test_a_money_field_reads_its_amount_in_hangul() -> None:
    drawn = draw("{% money_field form.amount %}", "ko", form=Sample({"amount": "1,234,500"}))
    assert 'inputmode="numeric"' in drawn
    assert "금 백이십삼만 사천오백 원" in drawn
    foreign = draw("{% money_field form.amount %}", form=Sample({"amount": "1,234,500"}))
    assert 'value="1,234,500"' in foreign
    assert "금 " not in foreign


def test_a_line_of_stages_says_where_it_is_without_colour() -> None:
    steps = [Step("One", "done", AT), Step("Two", "now"), Step("Three")]
    drawn = draw("{% stage_line steps %}", steps=steps)
    assert drawn.count('aria-current="step"') == 1
    assert 'One<span class="jt-sr"> (done)</span>' in drawn
    assert 'Three<span class="jt-sr"> (to come)</span>' in drawn


def test_a_line_of_stages_ends_a_period_at_24_as_its_clock_does() -> None:
    midnight = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    steps = [Step("Papers", "now", midnight, due=True), Step("Bidding", "next", midnight)]
    drawn = draw("{% stage_line steps %}", "ko", steps=steps)
    assert "2026. 11. 30.(월) 24:00</time>" in drawn
    assert "2026. 12. 1.(화) 00:00</time>" in drawn


def test_a_clock_carries_the_servers_time_and_says_when_it_has_passed() -> None:
    ahead = draw("{% clock due now %}", due=AT + timedelta(hours=2), now=AT)
    assert 'data-now="2026-11-24T10:00:00+09:00"' in ahead
    assert "2 hours 0 minutes left" in ahead
    behind = draw("{% clock due now %}", due=AT, now=AT)
    assert "jt-clock-passed" in behind
    assert "The moment has passed.</p>" in behind
    assert "left</p>" not in behind
    assert "data-server-time>10:00:00</time>" in behind


def test_reasons_accept_objects_and_their_stored_form() -> None:
    reason = Reason("a", "Rounded {n} up.", {"n": 12_345}, "국가계약법 제8조", "price/unit:1")
    drawn = draw("{% reasons items %}", items=[reason, reason.as_json()])
    assert drawn.count("Rounded 12,345 up.") == 2
    assert drawn.count("국가계약법 제8조") == 2
    assert draw("{% reasons items %}", items=[]) == ""


def test_summary_rows_offer_a_change_that_says_of_what() -> None:
    rows = [SummaryRow("Title", "<b>x</b>", "/change"), SummaryRow("Empty", None)]
    drawn = draw("{% summary_list rows %}", rows=rows)
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn
    assert 'Change<span class="jt-sr"> Title</span>' in drawn
    assert "<dd>–</dd>" in drawn


def test_a_waiting_task_names_whom_it_waits_for() -> None:
    drawn = draw(
        "{% task_list tasks %}", "ko", tasks=[Task("열쇠", "waiting", "", "opening_officer")]
    )
    assert "기다림: 집행관" in drawn


def test_documents_show_size_and_hash() -> None:
    paper = Paper("공고문.pdf", "/documents/1", "application/pdf", 2048, "ab" * 32)
    drawn = draw("{% documents papers %}", papers=[paper])
    assert '<a href="/documents/1">공고문.pdf</a>' in drawn
    assert "application/pdf, 2 KB" in drawn
    assert "ab" * 32 in drawn


@pytest.mark.parametrize("tag", ['{% button "x" "loud" %}', '{% notice "x" "loud" %}'])
def test_an_unknown_kind_is_a_fault_of_the_template(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(tag)


def test_what_people_wrote_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    drawn = draw(
        "{% notice bad %}{% empty bad %}{% person bad bad bad %}{% status_tag bad %}"
        "{% button bad %}{% link_button bad '/' %}{% sentence '{x}' x=bad %}",
        bad=bad,
    )
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 9
