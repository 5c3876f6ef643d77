"""Every address of the site and the API."""

from django.urls import URLPattern, URLResolver, include, path

from jangteo.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jangteo.interfaces.api.urls")),
    path("api/v1/", api.urls),
    path("", include("jangteo.interfaces.site.urls")),
    path("", include("jangteo.interfaces.links.urls")),
    path("", include("jangteo.stages.registration.urls")),
    path("", include("jangteo.stages.tender.urls")),
    path("", include("jangteo.stages.bid.urls")),
    path("", include("jangteo.stages.opening.urls")),
    path("", include("jangteo.stages.award.urls")),
    path("", include("jangteo.stages.contract.urls")),
    path("", include("jangteo.stages.delivery.urls")),
    path("", include("jangteo.stages.payment.urls")),
]

handler400 = "jangteo.interfaces.site.failures.malformed"
handler403 = "jangteo.interfaces.site.failures.forbidden"
handler404 = "jangteo.interfaces.site.failures.not_found"
handler500 = "jangteo.interfaces.site.failures.fault"
