from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.interfaces.links"
    label = "jangteo_links"
