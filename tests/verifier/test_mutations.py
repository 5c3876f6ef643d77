"""Whatever is changed in a bundle is found."""

import hashlib
import json
import random

import pytest

from jangteo.interfaces.rehearsal.engines.changes import differing
from tests.verifier.bundles import (
    NAMES,
    bundle,
    changed,
    covered,
    found,
    leaves,
    put,
    raw,
    write,
)

FIELDS, BYTES = 100, 60  # of each of the bundles


@pytest.mark.parametrize("name", NAMES)
def test_untouched_it_is_accepted(name: str) -> None:
    assert write(bundle(name)) == raw(name)
    assert found(raw(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_field_is_found(name: str) -> None:
    chance = random.Random(f"fields of {name}")
    all_leaves = [path for path, _ in leaves(bundle(name)) if covered(path)]
    missed = []
    for _ in range(FIELDS):
        forged, path = bundle(name), chance.choice(all_leaves)
        leaf = dict(leaves(forged))[path]
        put(forged, path, changed(leaf, chance))
        if not found(write(forged)):
            missed.append(path)
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_byte_is_found(name: str) -> None:
    chance, data = random.Random(f"bytes of {name}"), raw(name)
    digest = hashlib.sha256(data).hexdigest()
    missed = []
    for _ in range(BYTES):
        at = chance.randrange(len(data))
        forged = data[:at] + bytes([data[at] ^ 1 << chance.randrange(7)]) + data[at + 1 :]
        assert "V1" in (result := found(forged, digest)) or result == ["unreadable"]
        if not found(forged) and any(map(covered, differing(data, forged))):
            missed.append(at)
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
def test_what_nothing_covers_is_found_by_the_published_hash(name: str) -> None:
    chance, digest = random.Random(name), hashlib.sha256(raw(name)).hexdigest()
    bare = [path for path, _ in leaves(bundle(name)) if not covered(path)]
    for path in chance.sample(bare, 20):
        forged = bundle(name)
        put(forged, path, changed(dict(leaves(forged))[path], chance))
        result = found(write(forged), digest)
        assert result == ["unreadable"] or result[0] == "V1"


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_field_is_found(name: str) -> None:
    for field in bundle(name):
        forged = bundle(name)
        del forged[field]
        assert found(write(forged)), field


def test_a_field_more_is_found() -> None:
    for add in ({"more": 1}, {"notice": bundle("seeded")["notice"] | {"more": "x"}}):
        assert found(write(bundle("seeded") | add)) == ["V1"]


def test_another_spelling_of_the_same_is_found() -> None:
    assert found(raw("seeded") + b"\n") == ["V1"]
    assert found(json.dumps(bundle("seeded")).encode()) == ["V1"]
    assert found(raw("seeded").replace(b"\\u", b"\\U", 1)) == ["unreadable"]
