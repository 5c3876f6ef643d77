"""The same, for machines."""

from ninja import Router

router = Router()
