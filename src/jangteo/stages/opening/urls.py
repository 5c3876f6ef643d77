"""Addresses of this stage's pages."""

from django.urls import URLPattern, path, re_path

from jangteo.stages.opening import views

urlpatterns: list[URLPattern] = [
    path("openings", views.openings),
    path("data/jangteo_verify.py", views.program),
    path("tenders/<slug:number>/opening", views.ceremony),
    path("tenders/<slug:number>/opening/custodians", views.custodians),
    path("tenders/<slug:number>/opening/<slug:verb>", views.act),
    path("tenders/<slug:number>/result", views.result),
    re_path(
        r"^tenders/(?P<number>[\w-]+)/way-out/(?P<verb>ask|again|set-aside|refuse|withdraw)$",
        views.way_out,
    ),
    path("tenders/<slug:number>/why", views.why),
    path("tenders/<slug:number>/bundle.json", views.bundle),
]
