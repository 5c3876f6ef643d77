"""Addresses of this stage's pages."""

from django.urls import URLPattern, path

from jangteo.stages.registration.views import papers, people, register

urlpatterns: list[URLPattern] = [
    path("register", register.choose, name="register"),
    path("register/submitted", register.submitted, name="registration-submitted"),
    path("register/<str:kind>/<str:name>", register.step, name="registration-step"),
    path("registrations", papers.listing, name="registrations"),
    path("registrations/<uuid:registration_id>", papers.detail, name="registration"),
    path(
        "registrations/<uuid:registration_id>/correct",
        papers.correct,
        name="registration-correct",
    ),
    path(
        "registrations/<uuid:registration_id>/people/add",
        people.add_person,
        name="registration-person-add",
    ),
    path("people", people.people, name="people"),
    path("people/add", people.add_person, name="person-add"),
    path("licences/add", people.add_licence, name="licence-add"),
]
