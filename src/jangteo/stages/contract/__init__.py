"""계약 — drafted from the award, signed by both sides, secured, subcontracted, changed, ended.

Law: 국가계약법 제11조, 제12조; 시행령 제50조; 전자조달법 제9조; 건설산업기본법 제29조;
지방계약법 제14조, 제15조.
OCDS: contracts, contracts/amendments. Reads award, tender, registration.
"""
