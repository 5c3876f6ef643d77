"""낙찰 — the first in rank is examined; two people decide; everybody learns why, or why not.

The platform calls the candidates in the order of rank with the provisional score; the candidate
hands in papers, the contract officer reviews them, and the award is proposed by one person and
confirmed by another. Law: 국가계약법 시행령 제42조, 지방계약법 시행령 제42조; for small-value
quotations 국가계약법 시행령 제30조, 지방계약법 시행령 제30조.
OCDS: awards. Reads opening, bid, tender, registration.
"""
