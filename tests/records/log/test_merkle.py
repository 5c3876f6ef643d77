"""The tree against the known vectors of RFC 6962, and every proof of small trees."""

import pytest

from jangteo.records.log import merkle

#: Leaves and roots of the reference test of certificate-transparency (RFC 6962).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_empty_root_is_hash_of_nothing() -> None:
    assert merkle.root([]).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_known_inclusion_path() -> None:
    assert [node.hex() for node in merkle.path(5, LEAVES)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_known_consistency_proof() -> None:
    span = merkle.span_of([merkle.leaf_hash(leaf) for leaf in LEAVES])
    assert [node.hex() for node in merkle.consistency_of(span, 6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", range(1, 34))
def test_every_path_verifies_and_no_other_leaf_does(size: int) -> None:
    leaves = [bytes([number]) for number in range(size)]
    root = merkle.root(leaves)
    for index in range(size):
        path = merkle.path(index, leaves)
        proof = {"index": index, "size": size, "path": path, "root": root}
        assert merkle.verify_path(leaves[index], **proof)
        assert not merkle.verify_path(b"other", **proof)
        assert not merkle.verify_path(leaves[index], **{**proof, "path": [*path, root]})
        if size > 1:
            elsewhere = {**proof, "index": (index + 1) % size}
            assert not merkle.verify_path(leaves[index], **elsewhere)
            assert not merkle.verify_path(leaves[index], **{**proof, "path": path[:-1]})


@pytest.mark.parametrize("size", range(1, 34))
def test_every_consistency_proof_verifies_and_no_changed_past_does(size: int) -> None:
    leaves = [bytes([number]) for number in range(size)]
    span = merkle.span_of([merkle.leaf_hash(leaf) for leaf in leaves])
    root = merkle.root(leaves)
    for old in range(1, size + 1):
        proof = merkle.consistency_of(span, old, size)
        facts = {"old": old, "size": size, "root": root, "proof": proof}
        assert merkle.verify_consistency(old_root=merkle.root(leaves[:old]), **facts)
        changed = merkle.root([b"changed", *leaves[1:old]])
        assert not merkle.verify_consistency(old_root=changed, **facts)


def test_places_outside_the_tree() -> None:
    with pytest.raises(ValueError, match="no leaf 8 among 8"):
        merkle.path(8, LEAVES)
    assert not merkle.verify_path(b"", index=1, size=1, path=[], root=merkle.root([b""]))
    assert not merkle.verify_consistency(old=0, size=1, old_root=b"", root=b"", proof=[])
