"""Addresses of this stage's pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
