"""Addresses of this stage's pages."""

from django.urls import URLPattern, re_path

from jangteo.stages.bid import views

HASH = r"(?P<digest>[0-9a-f]{64})"

urlpatterns: list[URLPattern] = [
    re_path(r"^tenders/(?P<number>R\d{2}BK\d{8})/bid$", views.bid, name="bid"),
    re_path(rf"^receipts/{HASH}$", views.receipt, name="receipt"),
    re_path(rf"^receipts/{HASH}\.json$", views.download, name="receipt-file"),
]
