"""A message to another system: its states; `unknown` is one of its own."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

_LAW = "전자조달법 제9조의2, 제12조"
_US = ("system",)

TABLE = StateTable(
    name="exchange",
    owner="party_id",
    states={
        "ready": N_("Waits to be sent."),
        "sent": N_("On its way."),
        "unknown": N_("Sent, but no answer came; the other system is asked before anything else."),
        "accepted": N_("Taken by the other system; its result is still to come."),
        "done": N_("Done, as the other system says."),
        "rejected": N_("Refused by the other system, with its code."),
    },
    transitions=(
        Transition("queue", (), "ready", _US, _LAW, "one a key, for ever"),
        Transition("send", ("ready",), "sent", _US, _LAW, "written before the network is touched"),
        Transition("lose", ("sent",), "unknown", _US, _LAW, "no answer, or an answer in doubt"),
        Transition("defer", ("sent", "unknown"), "ready", _US, _LAW,
                   "certainly never arrived; the same key again"),
        Transition("accept", ("sent", "unknown"), "accepted", _US, _LAW),
        Transition("finish", ("sent", "unknown", "accepted"), "done", _US, _LAW),
        Transition("reject", ("sent", "unknown", "accepted"), "rejected", _US, _LAW),
    ),
)  # fmt: skip
