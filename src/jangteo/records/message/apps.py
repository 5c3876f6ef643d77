from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.message"
    label = "jangteo_message"
