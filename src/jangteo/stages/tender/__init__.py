"""입찰공고 — the notice: what is bought, for how much at most, by when, by which rules.

A contract officer drafts, checks the schedule against the law, and publishes; a published version
is never edited: a correction is a new version, a cancellation an end with a reason.
Law: 국가계약법 시행령 제33조–제36조, 지방계약법 시행령 제33조–제36조, 전자조달법 시행규칙 제2조.
OCDS: tender. Reads registration.
"""
