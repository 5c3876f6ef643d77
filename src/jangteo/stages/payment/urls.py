"""Where the pages are."""

from django.urls import path, re_path

from jangteo.stages.payment import views

urlpatterns = [
    path("contracts/<str:number>/claims", views.claims, name="claims"),
    path("contracts/<str:number>/claims/new", views.new_claim, name="claim-new"),
    path("contracts/<str:number>/trail", views.trail, name="trail"),
    path("claims/<str:number>", views.claim, name="claim"),
    path("claims/<str:number>/edit", views.edit_claim, name="claim-edit"),
    *(
        path(
            f"claims/<str:number>/payees/<int:position>/{step}",
            views.at_payee,
            {"step": step},
            name=f"claim-{step}",
        )
        for step in ("account", "payee", "confirm", "settle")
    ),
    re_path(rf"^claims/(?P<number>[^/]+)/(?P<verb>{views.VERBS})$", views.act, name="claim-act"),
    path("payments", views.payments, name="payments"),
    path("my/payments", views.my_payments, name="my-payments"),
    path("w/<str:token>", views.payee, name="payee"),
]
