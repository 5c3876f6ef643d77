"""Where the pages are."""

from django.urls import path, re_path

from jangteo.stages.award import views

urlpatterns = [
    path("tenders/<str:number>/award", views.award, name="award"),
    path("tenders/<str:number>/award/papers/<uuid:document_id>", views.paper, name="award-paper"),
    re_path(
        rf"^tenders/(?P<number>[^/]+)/award/(?P<verb>{views.VERBS})$", views.act, name="award-act"
    ),
]
