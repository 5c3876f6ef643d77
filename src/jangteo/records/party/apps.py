from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.party"
    label = "jangteo_party"
