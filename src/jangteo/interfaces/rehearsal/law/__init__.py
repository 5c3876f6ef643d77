"""The law held against history: recomputed openings, and changes of law rehearsed on them."""
