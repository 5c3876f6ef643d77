"""Addresses of this stage's pages; the published page itself is the site's."""

from django.urls import URLPattern, path, re_path

from jangteo.stages.tender.views import care, preparing, publishing, quick

ONE = r"^my/tenders/(?P<number>R\d{2}BK\d{8})"
STEP = r"(?P<key>correction|basics|place|amounts|schedule)"
PAPER = r"(?P<document_id>[0-9a-f-]{36})"

urlpatterns: list[URLPattern] = [
    path("my/tenders/new", preparing.new, name="my-tender-new"),
    path("my/tenders/quick", quick.quick, name="my-tender-quick"),
    re_path(rf"{ONE}$", preparing.overview, name="my-tender"),
    re_path(rf"{ONE}/{STEP}$", preparing.step, name="my-tender-step"),
    re_path(rf"{ONE}/documents$", preparing.papers, name="my-tender-papers"),
    re_path(rf"{ONE}/documents/{PAPER}$", preparing.paper, name="my-tender-paper"),
    re_path(
        rf"{ONE}/documents/{PAPER}/remove$", preparing.remove_paper, name="my-tender-paper-remove"
    ),
    re_path(rf"{ONE}/care$", care.care, name="my-tender-care"),
    re_path(rf"{ONE}/care/second-entry$", care.second_entry, name="my-tender-second"),
    re_path(rf"{ONE}/care/reason$", care.reason, name="my-tender-reason"),
    re_path(rf"{ONE}/care/agree$", care.agree, name="my-tender-agree"),
    re_path(rf"{ONE}/care/borrow$", care.borrow, name="my-tender-borrow"),
    re_path(rf"{ONE}/check$", publishing.check, name="my-tender-check"),
    re_path(rf"{ONE}/custody$", publishing.custody, name="my-tender-custody"),
    re_path(rf"{ONE}/custody/custodians$", publishing.custody_parts, name="my-tender-custodians"),
    re_path(rf"{ONE}/custody/renew$", publishing.renew_keys, name="my-tender-renew"),
    re_path(rf"{ONE}/publish$", publishing.publish, name="my-tender-publish"),
    re_path(rf"{ONE}/correct$", publishing.correct, name="my-tender-correct"),
    re_path(rf"{ONE}/abandon$", publishing.abandon, name="my-tender-abandon"),
    re_path(rf"{ONE}/cancel$", publishing.cancel, name="my-tender-cancel"),
]
