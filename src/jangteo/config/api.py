"""The JSON API, put together from the stages' routers."""

from ninja import NinjaAPI

from jangteo.stages.bid.api import router as bid
from jangteo.stages.opening.api import router as opening
from jangteo.stages.registration.api import router as registration
from jangteo.stages.tender.api import router as tender

api = NinjaAPI(title="Jangteo", version="1")
api.add_router("", registration, tags=["registration"])
api.add_router("", tender, tags=["tender"])
api.add_router("", bid, tags=["bid"])
api.add_router("", opening, tags=["opening"])
