"""What results say: every reason of theirs put into words."""

from dataclasses import fields, is_dataclass

from jangteo.ground.reason import Reason, Steps


def said(thing: object) -> list[str]:
    """Every reason of a result put into words, and of what it holds."""
    if isinstance(thing, Reason):
        assert thing.law or thing.row
        return [thing.text.format(**thing.params)]
    if is_dataclass(thing) and not isinstance(thing, type):
        return [text for part in fields(thing) for text in said(getattr(thing, part.name))]
    if isinstance(thing, list | tuple | Steps):
        return [text for one in thing for text in said(one)]
    return []
