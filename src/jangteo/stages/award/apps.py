from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.award"
    label = "jangteo_award"
