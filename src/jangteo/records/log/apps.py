from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.log"
    label = "jangteo_log"
