"""The first page: what this is, what is unusual about it, and whom one can act as."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.interfaces.rehearsal.personas import PERSONAS
from jangteo.interfaces.site import live
from jangteo.stages.tender.queries import search


def home(request: HttpRequest) -> HttpResponse:
    """`/`"""
    context = {
        "sealed": live.latest_bid(request.at),
        "result": live.latest_result(),
        "money": live.latest_money(),
        "counts": live.counts(request.at),
        "closing": search(status="bidding", sort="deadline", per_page=5, at=request.at).rows,
        "personas": PERSONAS if settings.SANDBOX else [],
    }
    return render(request, "site/home.html", context)
