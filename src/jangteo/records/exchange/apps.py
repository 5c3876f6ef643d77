from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.exchange"
    label = "jangteo_exchange"
