"""The JSON API, put together from the stages' routers."""

from ninja import NinjaAPI

from jangteo.interfaces.api import errors
from jangteo.interfaces.api.api import router as platform
from jangteo.interfaces.api.auth import Door
from jangteo.interfaces.api.log import router as log
from jangteo.interfaces.api.sandbox import router as sandbox
from jangteo.interfaces.links.api import router as links
from jangteo.stages.award.api import router as award
from jangteo.stages.bid.api import router as bid
from jangteo.stages.contract.api import router as contract
from jangteo.stages.delivery.api import router as delivery
from jangteo.stages.opening.api import router as opening
from jangteo.stages.payment.api import router as payment
from jangteo.stages.registration.api import router as registration
from jangteo.stages.tender.api import router as tender

DESCRIPTION = """Public procurement in the open.

Money is a whole number of won, rates are text in percent, times are ISO 8601 with an offset.
Machines send `Authorization: Bearer <token>`. Reading public things needs no token. Every refusal
has a stable `code`, a sentence, how to repair it, the article behind it, and a trace number.
"""

api = NinjaAPI(title="Jangteo", version="1", description=DESCRIPTION, auth=Door(), docs_url=None)
errors.install(api)
api.add_router("", platform)
api.add_router("", log, tags=["log"])
api.add_router("", registration, tags=["registration"])
api.add_router("", tender, tags=["tender"])
api.add_router("", bid, tags=["bid"])
api.add_router("", opening, tags=["opening"])
api.add_router("", award, tags=["award"])
api.add_router("", contract, tags=["contract"])
api.add_router("", delivery, tags=["delivery"])
api.add_router("", payment, tags=["payment"])
api.add_router("", links, tags=["operations"])
api.add_router("/sandbox", sandbox, tags=["sandbox"])
