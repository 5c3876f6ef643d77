"""이용자·업체 등록 — who takes part in public procurement, and as what.

An agency or a supplier asks to be registered with its number, place, licences and people; the
platform's operator approves. Roles: 계약관, 집행관 in agencies; 대표, 입찰대리인 in suppliers.
Law: 국가계약법 시행령 제12조 (경쟁입찰의 참가자격), 시행규칙 제15조 (입찰참가자격의 등록).
OCDS: parties. Reads no other stage.
"""
