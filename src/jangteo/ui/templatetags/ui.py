"""The components as template tags: `{% load ui %}`. Each has its template in ui/components."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jangteo.ui import importmap, sentences, words
from jangteo.ui.fields import styled
from jangteo.ui.rows import row_text
from jangteo.ui.statutes import in_english

register = template.Library()

KINDS = {"primary", "secondary", "tertiary", "danger", "text"}


@register.filter
def won(amount: int | None) -> str:
    """1234500000 → "1,234,500,000원"; nothing for None."""
    return "" if amount in (None, "") else sentences.won_text(int(amount))


@register.filter
def hangul_won(amount: int | None) -> str:
    """1234500000 → "금 십이억 삼천사백오십만 원"; nothing for None or outside Korean."""
    return "" if amount in (None, "") else sentences.hangul_text(int(amount))


@register.filter
def read_amount(value: object) -> int | None:
    """What stands in a money field as whole won, or None while it is no amount."""
    digits = "".join(c for c in str(value or "") if c not in ", 원₩")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


@register.filter
def remaining(due: datetime, now: datetime) -> str:
    """The time left from now until due, in words."""
    return sentences.remaining_text(due - now)


@register.filter
def moment(at: datetime | None) -> str:
    """A moment in Korean time with its weekday; nothing for None."""
    return "" if at in (None, "") else sentences.moment_text(at)


@register.filter
def until(due: datetime | None) -> str:
    """By when: a moment, midnight as the 24:00 of the last day; nothing for None."""
    return "" if due in (None, "") else sentences.until_text(due)


@register.filter
def moment_seconds(at: datetime | None) -> str:
    """A moment to the second."""
    return "" if at in (None, "") else sentences.moment_text(at, seconds=True)


@register.filter
def clock_time(at: datetime) -> str:
    """The time of day in Korea to the second: "10:00:00"."""
    return timezone.localtime(at).strftime("%H:%M:%S")


@register.filter
def day(on: date | None) -> str:
    """A day with its weekday; nothing for None."""
    return "" if on in (None, "") else sentences.day_text(on)


@register.filter
def when(at: datetime | date | None) -> str:
    """A moment or a day with its weekday, whichever is given; nothing for None."""
    return moment(at) if isinstance(at, datetime) else day(at)


@register.filter
def percent(rate: str | None) -> str:
    """ "89.745" → "89.745%"; the digits stay as the law displays them."""
    return f"{rate}%" if rate not in (None, "") else ""


@register.filter
def say(text: object) -> str:
    """A msgid, a code word or a finished text in the reader's language."""
    return sentences.say(text)


@register.simple_tag
def worded(text: str, *codes: str) -> str:
    """A msgid in the words of a procedure or category: `{% worded "Bid price" row.procedure %}`."""
    return sentences.say(words.worded(text, *codes))


@register.filter
def size(count: int) -> str:
    """Bytes for people: "812 B", "24 KB", "3.1 MB"."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count // 1024} KB"
    tenths = count * 10 // (1024 * 1024)
    return f"{tenths // 10}.{tenths % 10} MB"


@register.simple_tag
def sentence(text: str, params: Mapping[str, Any] | None = None, **given: Any) -> str:
    """A stored msgid with its params: `{% sentence fact.text fact.params %}`."""
    return sentences.sentence(text, {**(params or {}), **given})


@register.inclusion_tag("ui/components/button.html")
def button(label: str, kind: str = "primary", name: str = "", value: str = "") -> dict[str, Any]:
    """The button that submits the form around it; the label says what happens."""
    return {"label": label, "kind": _kind(kind), "name": name, "value": value}


@register.inclusion_tag("ui/components/link_button.html")
def link_button(label: str, url: str, kind: str = "secondary") -> dict[str, Any]:
    """A link that looks like a button."""
    return {"label": label, "kind": _kind(kind), "url": url}


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"a button is one of {sorted(KINDS)}, not {kind!r}")
    return kind


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """All errors on top, each a link to its field; nothing when the form has none."""
    if form is None or not form.errors:
        return {"errors": []}
    found = [("", text) for text in form.non_field_errors()]
    found += [(bound.auto_id, text) for bound in form for text in bound.errors]
    return {"errors": found}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """A labelled form field with hint and error; groups of choices become a fieldset."""
    return styled(bound, attrs)


@register.inclusion_tag("ui/components/field.html")
def money_field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """A field for whole won that shows the amount in Hangul below while one types."""
    return {**styled(bound, {"inputmode": "numeric", **attrs}), "money": True}


@register.inclusion_tag("ui/components/stage_bar.html")
def stage_bar(steps: Iterable[Any]) -> dict[str, Any]:
    """A stage line in the height of a line of text, for lists: a bar a step, the present named."""
    found = list(steps)
    reached = [n for n, step in enumerate(found) if step.state != "next"]
    here = reached[-1] if reached else 0
    return {"steps": found, "here": found[here], "number": here + 1, "count": len(found)}


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Iterable[Any], dense: bool = False) -> dict[str, Any]:
    """Answers, each with its change link (SummaryRow)."""
    return {"rows": list(rows), "dense": dense}


@register.inclusion_tag("ui/components/task_list.html")
def task_list(tasks: Iterable[Any]) -> dict[str, Any]:
    """Steps with their states (Task)."""
    return {"tasks": list(tasks)}


@register.inclusion_tag("ui/components/stage_line.html")
def stage_line(steps: Iterable[Any]) -> dict[str, Any]:
    """The line of stages (Step): what happened, what is now, what comes."""
    return {"steps": list(steps)}


@register.inclusion_tag("ui/components/clock.html")
def clock(due: datetime, now: datetime, label: str = "", after: str = "") -> dict[str, Any]:
    """Due moment and remaining time by the server's clock; after: what happens when it passes."""
    return {"due": due, "now": now, "label": label, "after": after, "passed": due <= now}


@register.simple_tag
def law(text: str) -> SafeString:
    """An article as it is cited; readers of English get it in English, the citation at hand."""
    if not text:
        return SafeString("")
    if (get_language() or "ko").startswith("ko"):
        return format_html('<span class="jt-law">{}</span>', text)
    return format_html('<span class="jt-law" title="{}">{}</span>', text, in_english(text))


@register.simple_tag
def rule_row(row_id: str) -> SafeString:
    """The row of a dated table in plain words; its key at hand for whoever looks it up."""
    return format_html('<span class="jt-row" title="{}">{}</span>', row_id, row_text(row_id))


@register.inclusion_tag("ui/components/reasons.html")
def reasons(items: Iterable[Any], label: str = "", open: bool = False) -> dict[str, Any]:
    """The steps behind a figure: Reason objects or their JSON."""
    return {"items": [_reason(item) for item in items or ()], "label": label, "open": open}


def _reason(item: Any) -> dict[str, Any]:
    if isinstance(item, str):
        item = json.loads(item)
    if not isinstance(item, Mapping):
        item = item.as_json()
    said = sentences.sentence(item["text"], item.get("params"))
    return {"text": said, "law": item.get("law", ""), "row": item.get("row", "")}


@register.inclusion_tag("ui/components/history.html")
def history(facts: Iterable[Any]) -> dict[str, Any]:
    """Facts of the journal, newest first, each with its place in the public log."""
    return {"facts": [(sentences.fact_text(fact.kind), fact) for fact in reversed(list(facts))]}


@register.inclusion_tag("ui/components/documents.html")
def documents(rows: Iterable[Any]) -> dict[str, Any]:
    """Files with type, size and hash (Paper, or the document rows of the records)."""
    return {"rows": [(getattr(row, "url", "") or f"/documents/{row.id}", row) for row in rows]}


@register.inclusion_tag("ui/components/empty.html")
def empty(text: str, url: str = "", action: str = "") -> dict[str, Any]:
    """What will appear here and what to do first."""
    return {"text": text, "url": url, "action": action}


@register.inclusion_tag("ui/components/notice.html")
def notice(text: str, kind: str = "info", title: str = "", law: str = "") -> dict[str, Any]:
    """A sentence that matters now; kind: info, success, warning or danger."""
    if kind not in {"info", "success", "warning", "danger"}:
        raise template.TemplateSyntaxError(f"no notice of kind {kind!r}")
    return {"text": text, "kind": kind, "title": title, "law": law}


@register.inclusion_tag("ui/components/status_tag.html")
def status_tag(label: str, kind: str = "neutral") -> dict[str, Any]:
    """A short state; kind: neutral, now, success, warning or danger."""
    return {"label": label, "kind": kind}


@register.inclusion_tag("ui/components/person.html")
def person(name: str, role: str = "", organisation: str = "") -> dict[str, Any]:
    """A person with the role they act in."""
    return {"name": name, "role": role, "organisation": organisation}


@register.simple_tag(takes_context=True)
def block_text(context: template.Context, name: str) -> SafeString:
    """A block of the page once more, as plain text: the heading repeated as the title."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    said = strip_tags(block.render(context)) if block else ""
    return mark_safe(" ".join(said.split()))


@register.simple_tag
def import_map() -> SafeString:
    """The import map of the page; its hash is the only inline script the policy allows."""
    return mark_safe(f'<script type="importmap">{importmap.text()}</script>')
