from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.opening"
    label = "jangteo_opening"
