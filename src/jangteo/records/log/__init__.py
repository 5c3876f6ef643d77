"""The public log: an RFC 6962 Merkle tree over the journal, signed checkpoints, proofs."""
