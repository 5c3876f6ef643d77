"""What may be done here; each verb is a row of a state table.

All keyword-only; `by: Actor, at: datetime, number: str` (of the tender) first.
call_next()                                  -> list of the examinations called
submit_papers(papers=[Paper(title, media_type, data)])
ask_supplement(supplier_id, text) · pass_review(supplier_id, scores, note) ·
fail_review(supplier_id, ground, scores, note) · withdraw()
propose(supplier_id, reason="") -> AwardRow · confirm() -> AwardRow · refuse(reason) · annul(cause, reason)
annul is refused while a contract rests on the award (a contract.draft without contract.cancel).
"""
