from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.registration"
    label = "jangteo_registration"
