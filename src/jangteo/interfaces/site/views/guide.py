"""Pages that explain: the practice world, accessibility, and every component of the design."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.ui import gallery as parts


def guide(request: HttpRequest) -> HttpResponse:
    """`/help`"""
    return render(request, "site/help.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """`/accessibility`"""
    return render(request, "site/accessibility.html")


def gallery(request: HttpRequest) -> HttpResponse:
    """`/gallery`: every component in all its states; ?dense=1 shows the officers' density."""
    dense = request.GET.get("dense") == "1"
    return render(request, "ui/gallery.html", {"dense": dense, **parts.everything(request.at)})
