from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.journal"
    label = "jangteo_journal"
