"""투찰 — a price sealed by its bidder, received on time, and proven received.

The bidding agent seals in the browser or with `jangteo seal`; the platform takes the envelope
before the deadline, gives a signed receipt, and can read nothing until the opening.
Law: 전자조달법 제7조, 시행령 제5조, 국가계약법 시행규칙 제44조 (무효).
OCDS: bids. Reads registration and tender.
"""
