from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.payment"
    label = "jangteo_payment"
