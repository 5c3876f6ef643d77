"""What must stay at nought, and what stands still: for everybody to see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.stages.award.queries import mistakes
from jangteo.stages.opening.queries import holds


def operations(request: HttpRequest) -> HttpResponse:
    """`/operations`"""
    context = {
        "mistakes": mistakes(),
        "holds": holds(),
        "operator": "operator" in request.actor.roles,
    }
    return render(request, "site/operations.html", context)
