"""The same, for machines: the opening, its result, and what follows a hold."""

from jangteo.stages.opening.api.ceremony import router
from jangteo.stages.opening.api.holds import router as holds

router.add_router("", holds)

__all__ = ["router"]
