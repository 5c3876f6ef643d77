"""이행·검사검수 — the works begin, are notified as done, inspected in time, mended, accepted.

What is accepted never exceeds what is contracted; the database sees to it.
Law: 국가계약법 제14조, 시행령 제55조; 지방계약법 제17조, 시행령 제64조.
OCDS: contracts/implementation/milestones. Reads contract.
"""
