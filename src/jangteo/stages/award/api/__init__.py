"""The same, for machines: examinations and the award, OCDS-shaped where OCDS has a word."""

from jangteo.stages.award.api.deciding import router as deciding
from jangteo.stages.award.api.examining import router

router.add_router("", deciding)

__all__ = ["router"]
