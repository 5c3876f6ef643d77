"""Where the pages are."""

from django.urls import path, re_path

from jangteo.stages.delivery import views

urlpatterns = [
    path("inspections", views.inspections, name="inspections"),
    path("contracts/<str:number>/delivery", views.delivery, name="delivery"),
    re_path(
        rf"^contracts/(?P<number>[^/]+)/delivery/(?P<verb>{views.VERBS})$",
        views.act,
        name="delivery-act",
    ),
]
