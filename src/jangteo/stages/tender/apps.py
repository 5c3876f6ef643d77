from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.tender"
    label = "jangteo_tender"
