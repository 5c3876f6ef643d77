from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.numbering"
    label = "jangteo_numbering"
