from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.document"
    label = "jangteo_document"
