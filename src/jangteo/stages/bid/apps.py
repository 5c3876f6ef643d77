from django.apps import AppConfig


class Config(AppConfig):
    name = "jangteo.stages.bid"
    label = "jangteo_bid"
