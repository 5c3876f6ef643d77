"""Addresses of the operator's pages about other systems."""

from django.urls import URLPattern, path, re_path

from jangteo.interfaces.links import views

urlpatterns: list[URLPattern] = [
    path("operations/exchange", views.messages, name="exchange"),
    re_path(r"^operations/exchange/(?P<key>[\w-]{1,60})$", views.message, name="exchange-message"),
]
