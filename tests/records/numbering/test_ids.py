"""Identifiers: version 7, one after the other, not to be guessed."""

from jangteo.records.numbering.queries import new_id


def test_what_is_made_in_one_millisecond_keeps_its_order() -> None:
    made = [new_id() for _ in range(2_000)]
    assert len({one.int >> 80 for one in made}) < 1_000  # many share their millisecond
    assert [one.int >> 64 for one in made] == sorted(one.int >> 64 for one in made)
    assert len(set(made)) == 2_000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
