"""Addresses of the shell."""

from django.urls import URLPattern, path, re_path

from jangteo.interfaces.site.views import (
    data,
    desk,
    documents,
    guide,
    health,
    home,
    mine,
    operations,
    password,
    session,
    tender,
    tenders,
)

NUMBER = r"(?P<number>R\d{2}[A-Z]{2}\d{8})"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("act-as", session.act_as, name="act-as"),
    path("sign-in", session.sign_in, name="account_login"),
    path("sign-out", session.sign_out, name="account_logout"),
    path("password", password.password, name="account_change_password"),
    path("inactive", session.inactive, name="account_inactive"),
    path("organisation", session.organisation, name="organisation"),
    path("language", session.language, name="language"),
    path("tenders", tenders.search, name="tenders"),
    re_path(rf"^tenders/{NUMBER}$", tender.tender, name="tender"),
    re_path(rf"^tenders/{NUMBER}-(?P<version>\d{{3}})$", tender.tender, name="notice"),
    path("documents/<uuid:document_id>", documents.document, name="document"),
    path("desk", desk.desk, name="desk"),
    path("desk/<slug:name>", desk.whole, name="desk-list"),
    path("my/tenders", mine.my_tenders, name="my-tenders"),
    path("data/log", data.log, name="log"),
    path("data/log/checkpoint", data.checkpoint, name="checkpoint"),
    path("operations", operations.operations, name="operations"),
    path("help", guide.guide, name="help"),
    path("accessibility", guide.accessibility, name="accessibility"),
    path("gallery", guide.gallery, name="gallery"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
