"""The page that describes the API to people."""

from django.urls import URLPattern, path

from jangteo.interfaces.api import views

urlpatterns: list[URLPattern] = [path("api/v1/docs", views.docs, name="api-docs")]
