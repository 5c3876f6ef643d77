"""The public search."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from jangteo.interfaces.site.standing import line, standing
from jangteo.interfaces.site.street import street
from jangteo.stages.registration.queries import REGIONS
from jangteo.stages.tender import queries
from jangteo.ui.forms import Form
from jangteo.ui.sentences import say
from jangteo.ui.shapes import Step

SORTS = {
    "-published": _("Newest first"),
    "deadline": _("Closing soonest"),
    "-amount": _("Largest first"),
    "amount": _("Smallest first"),
}
STATUSES = (
    "", "bidding", "coming", "waiting", "opened", "awarded", "unsuccessful", "hold", "cancelled",
)  # fmt: skip


class SearchForm(Form):
    """What one may look for; every field may stay empty."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("State"), required=False)
    region = forms.ChoiceField(label=_("Region of the bidder"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        labels = queries.STATUSES
        self.fields["status"].choices = [(key, say(labels[key])) for key in STATUSES]
        regions = [(code, say(name)) for code, name in REGIONS.items()]
        self.fields["region"].choices = [("", _("All regions")), *regions]
        self.fields["text"].widget.attrs["type"] = "search"


def search(request: HttpRequest) -> HttpResponse:
    """`/tenders`"""
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = request.GET.get("page", "1")
    found = queries.search(
        asked.get("text", ""),
        status=asked.get("status", ""),
        region=asked.get("region", ""),
        sort=asked.get("sort") or "-published",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 1,
        at=request.at,
    )
    context = {
        "form": form,
        "found": found,
        "rows": [_shown(row, request.at) for row in found.rows],
        "pages": window(found.page, found.pages),
        "query": _without_page(request),
        "asked": any(value for name, value in asked.items() if name != "sort"),
    }
    return render(request, "site/tenders.html", context)


def _shown(row: queries.SearchRow, at: datetime) -> tuple[queries.SearchRow, str, str, list[Step]]:
    way = street(row)
    label, kind = standing(row, at, way)
    return row, label, kind, line(row, at, way=way)


def window(page: int, pages: int) -> list[int]:
    """The page numbers to offer: first, last and those around the present one; 0 is a gap."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    shown: list[int] = []
    for number in near:
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown


def _without_page(request: HttpRequest) -> str:
    rest = request.GET.copy()
    rest.pop("page", None)
    return rest.urlencode()
