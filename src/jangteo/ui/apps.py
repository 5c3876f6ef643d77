from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.ui"
    label = "jangteo_ui"
