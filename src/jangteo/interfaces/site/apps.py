from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.interfaces.site"
    label = "jangteo_site"
