from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.delivery"
    label = "jangteo_delivery"
