"""All tenders of an officer's own agency, drafts included, each with where it stands by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from jangteo.interfaces.site.listings import SHOWN, by_need
from jangteo.interfaces.site.standing import GROUPS, Mine, of_mine
from jangteo.interfaces.site.views.tenders import window
from jangteo.records.account.queries import Actor
from jangteo.stages.tender import queries

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Group:
    """Tenders that have come equally far; label: a msgid; rows: of this page; count: of all."""

    name: str
    label: str
    rows: Sequence[Mine]
    count: int
    page: int = 1
    pages: int = 1

    @property
    def folds(self) -> bool:
        """Whether a phone shows its link alone: what is to be done there stands on the desk."""
        return self.name in ("opened", "ended")


@require_GET
def my_tenders(request: HttpRequest) -> HttpResponse:
    """`/my/tenders`: what waits, then the first few of each group; `?group=`: all of one, paged."""
    actor = request.actor
    if not actor.signed_in:
        return redirect("/sign-in?next=/my/tenders")
    if not queries.is_inside(actor, actor.party_id):
        raise queries.outsider()
    found = _grouped(actor, request.at)
    if name := next((one for one in GROUPS if one == request.GET.get("group")), ""):
        asked = request.GET.get("page", "1")
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
        one = _page(name, found[name], page)
        context = {
            "one": one, "found": one, "pages": window(one.page, one.pages),
            "query": f"group={name}",
        }  # fmt: skip
        return render(request, "site/mine_group.html", context)
    tasks = queries.tasks_for(actor, request.at)
    context = {
        "groups": [
            Group(name, GROUPS[name], rows[:SHOWN], len(rows))
            for name, rows in found.items()
            if rows
        ],
        "tasks": tasks[:SHOWN],
        "more_tasks": len(tasks) > SHOWN,
        "shown": SHOWN,
        "may_draft": "contract_officer" in actor.roles,
    }
    return render(request, "site/mine.html", context)


def _grouped(actor: Actor, at: datetime) -> dict[str, list[Mine]]:
    """All by group: the next deadline on top while bids are taken, else the newest."""
    known = of_mine(queries.my_tenders(actor), at)
    found = {name: [one for one in known if one.group == name] for name in GROUPS}
    found["published"].sort(key=lambda one: by_need(one.row))
    return found


def _page(name: str, rows: Sequence[Mine], page: int) -> Group:
    """One page of a group; a page beyond the last gives the last."""
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(max(1, page), pages)
    part = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Group(name, GROUPS[name], part, len(rows), page, pages)
