from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.interfaces.api"
    label = "jangteo_api"
