"""Words for the codes that components meet: roles, states of steps, kinds of organisation."""

from jangteo.ground.errors import N_

WORDS = {
    "contract_officer": N_("contract officer"),
    "opening_officer": N_("opening officer"),
    "representative": N_("representative"),
    "bidding_agent": N_("bidding agent"),
    "operator": N_("platform operator"),
    "system": N_("the platform"),
    "anyone": N_("anyone"),
    "agency": N_("agency"),
    "supplier": N_("supplier"),
    "platform": N_("platform"),
    "todo": N_("To do"),
    "doing": N_("In progress"),
    "done": N_("Done"),
    "waiting": N_("Waiting"),
}

#: kind of a journal fact -> what happened
FACTS = {
    "registration.submit": N_("Registration submitted"),
    "registration.approve": N_("Registration approved"),
    "registration.send_back": N_("Registration returned"),
    "registration.resubmit": N_("Registration submitted again"),
    "registration.add_person": N_("Person added"),
    "registration.add_licence": N_("Licence added"),
    "tender.draft": N_("Draft begun"),
    "tender.edit": N_("Draft edited"),
    "tender.ask_for_keys": N_("Lot keys asked for"),
    "tender.add_custody": N_("Opening officer's keys made"),
    "tender.add_agency_seed": N_("Agency's seed sealed and committed"),
    "tender.start_correction": N_("Correction begun"),
    "tender.publish": N_("Notice published"),
    "tender.correct": N_("Correction published"),
    "tender.cancel": N_("Tender cancelled"),
    "tender.open": N_("Bids opened"),
    "tender.fail": N_("Tender failed"),
    "tender.hold": N_("Tender put on hold"),
    "bid.submit": N_("Sealed bid received"),
    "bid.submitted": N_("Sealed bid received"),
    "opening.prepare": N_("Opening prepared"),
    "opening.exclude": N_("Bid set aside before the opening"),
    "opening.close_set": N_("Set of envelopes closed"),
    "opening.sign_request": N_("Request for the price keys signed"),
    "opening.release_officer_key": N_("Officer's own price key released"),
    "opening.request_keys": N_("Price keys requested by two people"),
    "opening.publish": N_("Result published"),
    "opening.fail": N_("Opened: the tender failed"),
    "opening.hold": N_("Opening put on hold"),
}
