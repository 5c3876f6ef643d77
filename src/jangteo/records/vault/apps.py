from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.vault"
    label = "jangteo_vault"
