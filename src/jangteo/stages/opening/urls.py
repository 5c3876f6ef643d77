"""Addresses of this stage's pages."""

from django.urls import URLPattern, path

from jangteo.stages.opening import views

urlpatterns: list[URLPattern] = [
    path("openings", views.openings),
    path("tenders/<slug:number>/opening", views.ceremony),
    path("tenders/<slug:number>/opening/custodians", views.custodians),
    path("tenders/<slug:number>/opening/<slug:verb>", views.act),
    path("tenders/<slug:number>/result", views.result),
    path("tenders/<slug:number>/why", views.why),
    path("tenders/<slug:number>/bundle.json", views.bundle),
]
