"""In tests and journeys a template that names what nobody gave fails; people are shown nothing."""

from typing import NoReturn

from jangteo.ground.errors import Fault


class Missing(str):
    """Stands as Django's `string_if_invalid`, which it asks for wherever a name has no value.

    `{% if name %}` and `{% for one in name %}` ask without it: they may name what is not there.
    """

    __slots__ = ()

    def __new__(cls) -> "Missing":
        return super().__new__(cls, "%s")

    def __mod__(self, name: object) -> NoReturn:  # a name, a key or an attribute is not there
        raise Fault(f"a template names {name}, which nobody gave")

    def __html__(self) -> NoReturn:  # found, but neither to be called nor to be read
        raise Fault("a template shows what wants arguments, changes data, or has no row")
