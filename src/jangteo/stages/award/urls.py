"""Where the pages are."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
