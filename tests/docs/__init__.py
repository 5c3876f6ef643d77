"""The documents are held against what they describe."""
