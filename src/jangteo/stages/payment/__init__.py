"""대금·하도급대금 — a claim is a tree of leaves; each payee's bank says when the money is there.

The supplier claims what was accepted and names everyone who is paid from it; the contract officer
checks it, the disbursing officer orders it, the budget system and the bank are told through the
exchange, and the claim is paid only when every leaf is credited.
Law: 국가계약법 제15조, 시행령 제58조, 제59조; 지방계약법 제18조, 시행령 제67조;
전자조달법 제9조의2; 하도급거래공정화법 제13조; 건설산업기본법 제34조, 제35조.
OCDS: contracts/implementation/transactions. Reads delivery, contract.
"""
