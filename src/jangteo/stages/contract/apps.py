from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.contract"
    label = "jangteo_contract"
