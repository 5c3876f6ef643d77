"""개찰 — after the deadline: exclusions, the closed set, the keys, the draw, the ranking.

Two people of the agency ask for the keys; two of three custodians release them for the whole lot
at once; prices, draw, reserve price, floor and ranking follow from the bids and the law alone.
Law: 국가계약법 시행령 제40조, 제42조; 시행규칙 제48조, 제49조; 전자조달법 시행령 제5조.
OCDS: tender/awards (ranking), bids. Reads tender and bid.
"""
