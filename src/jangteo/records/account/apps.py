from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.records.account"
    label = "jangteo_account"
