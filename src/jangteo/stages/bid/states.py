"""A sealed bid has no life of its own: it is received once and never changed."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

TABLE = StateTable(
    name="bid",
    owner="supplier_id",
    states={"received": N_("Received and sealed; nobody can read it before the opening.")},
    transitions=(
        Transition(
            "submit", (), "received", ("bidding_agent", "representative"),
            "전자조달법 시행령 제5조",
            "deadline in force, notice version, standing, one a supplier",
        ),
    ),
)  # fmt: skip
