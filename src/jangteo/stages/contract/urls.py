"""Where the pages are."""

from django.urls import path, re_path

from jangteo.stages.contract import views

urlpatterns = [
    path("contracts", views.listing, name="contracts"),
    path("contracts/new/<str:number>", views.new, name="contract-new"),
    path("contracts/<str:number>", views.contract, name="contract"),
    path("contracts/<str:number>/document.pdf", views.document, name="contract-document"),
    path("contracts/<str:number>/document-<int:text>.pdf", views.document, name="contract-text"),
    path("subcontracts/<str:number>", views.subcontract, name="subcontract"),
    re_path(
        rf"^contracts/(?P<number>[^/]+)/(?P<verb>{views.VERBS})$", views.act, name="contract-act"
    ),
]
