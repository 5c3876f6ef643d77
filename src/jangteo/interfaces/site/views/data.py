"""The public log: what it holds, and how anybody checks it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.records.log import queries


def log(request: HttpRequest) -> HttpResponse:
    """`/data/log`"""
    latest = queries.latest_checkpoint()
    context = {
        "size": queries.size(),
        "latest": latest,
        "root": latest.root.hex() if latest else "",
        "checkpoints": [(row, row.root.hex()) for row in queries.checkpoints(20)],
        "verifier_key": queries.verifier_key(),
    }
    return render(request, "site/log.html", context)


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last signed note as plain text, for witnesses."""
    found = queries.latest_checkpoint()
    if found is None:
        raise Http404
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8")
