"""The doors of this stage for machines."""

from jangteo.stages.tender.api import care, notices

router = notices.router
router.add_router("", care.router)

__all__ = ["router"]
