"""What the independent verifier says of an opening's bundle, as this stage refuses its silence."""

from jangteo.ground.errors import N_, Refusal
from jangteo.records.verifier import queries as verifier
from jangteo.records.verifier.queries import NoAnswer, Verdict


def verify(bundle: bytes) -> Verdict:
    """What it says of the bundle's bytes alone.

    No answer is none: Refusal `opening.hold_opening.not_verified` (503), to be repeated.
    """
    try:
        return verifier.verify(bundle)
    except NoAnswer as silent:
        raise Refusal(
            "opening.hold_opening.not_verified",
            N_("The independent check of the result could not be run. Nothing was written."),
            repair=N_("Start the opening again in a minute; if it goes on, tell the operator."),
            status=503,
            why=silent.why,
        ) from silent
