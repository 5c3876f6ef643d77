"""What a fact or the clock sets off, on one page.

A listener gets the fact and may get it twice: it must make the same of it each time. A clock job
gets the time of the database, which a practice world may have moved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.records.account.actions import forget_sessions
from jangteo.records.journal.queries import Fact
from jangteo.stages.award import jobs as award
from jangteo.stages.bid import jobs as bid
from jangteo.stages.contract import jobs as contract
from jangteo.stages.delivery import jobs as delivery
from jangteo.stages.opening import jobs as opening
from jangteo.stages.payment import jobs as payment
from jangteo.stages.registration import jobs as registration
from jangteo.stages.tender import jobs as tender

Listener = Callable[[Fact], None]


@dataclass(frozen=True, slots=True)
class ClockJob:
    """Something done again and again; doing it twice must do no harm."""

    every: timedelta
    run: Callable[[datetime], None]


#: fact -> who listens
LISTENERS: Mapping[str, tuple[Listener, ...]] = {
    "registration.approve": (registration.tell_of_decision,),
    "registration.send_back": (registration.tell_of_decision,),
    "tender.ask_for_keys": (tender.tell_of_keys,),
    "tender.second_entry": (tender.tell_of_difference,),
    "tender.publish": (tender.tell_of_publication,),
    "tender.correct": (tender.tell_of_publication, bid.tell_of_correction),
    "tender.cancel": (tender.tell_of_cancellation, bid.tell_of_cancellation),
    "opening.publish": (opening.tell_bidders, award.call_first),
    "opening.fail": (opening.tell_bidders,),
    "opening.hold": (opening.tell_bidders,),
    "opening.set_aside": (opening.tell_bidders,),
    "opening.refuse_way_out": (opening.tell_who_asked,),
    "delivery.start": (delivery.tell_both,),
    "delivery.finish": (payment.close_paid,),
    "inspection.request": (delivery.tell_both,),
    "inspection.order_correction": (delivery.tell_both,),
    "inspection.request_again": (delivery.tell_both,),
    "inspection.accept": (delivery.tell_both,),
    "inspection.withdraw_request": (delivery.tell_both,),
    "examination.call_next": (award.tell_candidate,),
    "examination.submit_papers": (award.tell_agency,),
    "examination.ask_supplement": (award.tell_candidate,),
    "examination.pass_review": (award.tell_candidate,),
    "examination.fail_review": (award.tell_candidate,),
    "examination.reopen": (award.tell_candidate,),
    "examination.withdraw": (award.tell_agency,),
    "examination.hold": (award.tell_agency,),
    "examination.resume_call": (award.tell_candidate,),
    "examination.refuse_reopening": (award.tell_who_asked,),
    "examination.lapse_reopening": (award.tell_who_asked,),
    "examination.refuse_own_score": (award.tell_who_asked,),
    "examination.lapse_own_score": (award.tell_who_asked,),
    "award.refuse_annulment": (award.tell_who_asked,),
    "award.lapse_annulment": (award.tell_who_asked,),
    "award.confirm": (award.tell_bidders,),
    "award.annul": (award.tell_bidders,),
    "tender.exhaust": (award.tell_bidders,),
    "tender.resume": (award.tell_bidders,),
    "contract.offer": (contract.tell_supplier,),
    "contract.take_back": (contract.tell_supplier,),
    "contract.agree": (contract.tell_agency,),
    "contract.conclude": (contract.tell_supplier, delivery.open_delivery),
    "contract.cancel": (contract.tell_supplier,),
    "contract.terminate": (contract.tell_supplier, delivery.stop_delivery),
    "contract.complete": (contract.tell_supplier,),
    "amendment.propose_amendment": (contract.tell_supplier,),
    "amendment.agree_amendment": (contract.tell_agency,),
    "amendment.conclude_amendment": (contract.tell_supplier,),
    "amendment.withdraw_amendment": (contract.tell_supplier,),
    "subcontract.register_subcontract": (contract.tell_subcontractor,),
    "subcontract.agree_subcontract": (contract.tell_sides,),
    "subcontract.acknowledge_subcontract": (contract.tell_subcontractor,),
    "subcontract.end_subcontract": (contract.tell_subcontractor, contract.tell_of_end),
    "exchange.finish": (payment.hear_answer,),
    "exchange.reject": (payment.hear_answer, contract.tell_unbound),
    "exchange.lose": (payment.hear_answer,),
    "claim.file": (payment.tell_subcontractors,),
    "claim.file_again": (payment.tell_subcontractors,),
    "claim.withdraw_claim": (payment.tell_subcontractors,),
    "claim.send_back": (payment.tell_claimant,),
    "claim.order": (payment.tell_claimant,),
    "claim.refuse_order": (payment.tell_agency,),
    "claim.pay": (payment.tell_claimant,),
    "leaf.credit": (payment.tell_payee,),
    "leaf.bounce": (payment.tell_payee,),
    "leaf.correct_account": (payment.tell_of_account,),
    "leaf.confirm_payee": (payment.tell_of_account,),
    "leaf.say": (payment.tell_agency,),
}

#: fact -> why nobody listens
SILENT: Mapping[str, str] = {
    "sandbox.give_rates": "whoever gave the rates knows; the result says that they were given",
    "registration.submit": "the operator's desk lists what waits",
    "registration.resubmit": "the operator's desk lists what waits",
    "registration.add_person": "whoever added the person knows",
    "registration.add_officer": "the agency's people page shows the officer",
    "registration.end_role": "whoever ended the role knows; the people page shows it",
    "registration.revoke_tokens": "whoever revoked the tokens knows",
    "registration.add_licence": "the operator's desk lists it; it waits for approval",
    "registration.approve_licence": "the registration shows it; eligibility asks for it",
    "tender.draft": "nobody outside the agency may know",
    "tender.edit": "nobody outside the agency may know",
    "tender.start_correction": "nobody is told before the correction is published",
    "tender.give_reason": "the second person's desk shows it",
    "tender.agree_reason": "the contract officer's desk goes on by itself",
    "tender.see_examples": "whoever confirmed them knows",
    "tender.borrow_person": "the borrowed person's desk shows the notice",
    "tender.add_custody": "the custody page shows whose keys are there",
    "tender.add_agency_seed": "the custody page shows whose seed is there",
    "tender.open": "opening.publish tells the bidders",
    "tender.fail": "opening.fail tells the bidders",
    "tender.hold": "opening.hold tells the bidders",
    "tender.set_aside": "opening.set_aside tells the bidders",
    "opening.ask_way_out": "the approving officers' desks show what is asked for",
    "opening.withdraw_way_out": "the desks no longer show what was asked for",
    "opening.open_again": "opening.publish, opening.fail or opening.hold says what came of it",
    "bid.submit": "the bidder holds the receipt",
    "bid.find_malformed": "whoever found it told the bidder in the same transaction",
    "opening.prepare": "the officers' desks show the opening",
    "opening.exclude": "the result shows it with its ground, and not before",
    "opening.close_set": "the officers' desks show what is to be signed",
    "opening.sign_request": "the desk of the other signer shows that it is their turn",
    "opening.release_officer_key": "the opening page shows which keys are there",
    "opening.request_keys": "the custodians are asked by the request itself",
    "delivery.await_start": "contract.conclude tells the supplier; its desk shows what is next",
    "delivery.stop": "contract.terminate tells the supplier; the agency did it",
    "tender.award": "award.confirm tells the bidders",
    "tender.annul_award": "award.annul tells the bidders",
    "examination.enter_own_score": "the desks of the agency's other officers show the score",
    "examination.withdraw_own_score": "the desks no longer show what was asked for",
    "examination.confirm_own_score": "the contract officer's desk shows the review",
    "examination.compute_again": "what follows, a hold or a call, tells agency or candidate",
    "examination.resume_review": "the contract officer's desk shows the review",
    "examination.ask_reopening": "the approving officers' desks show what is asked for",
    "examination.withdraw_reopening": "the desks no longer show what was asked for",
    "award.withdraw_annulment": "the desks no longer show what was asked for",
    "award.propose": "the approving officers' desks show the proposal",
    "award.ask_annulment": "the approving officers' desks show what is asked for",
    "award.refuse": "the contract officer's desk shows the proposal again, with the reason",
    "contract.draft": "nobody outside the agency may know",
    "contract.revise": "nobody outside the agency may know",
    "contract.record_security": "the contract's page shows it to both sides",
    "contract.bind_again": "the contract's page shows what the budget system answers",
    "contract.amend": "amendment.conclude_amendment tells the supplier",
    "exchange.queue": "whoever told it knows; the thing's page shows where the message is",
    "exchange.send": "the thing's page shows where the message is",
    "exchange.defer": "it is sent again by itself; the thing's page shows it",
    "exchange.accept": "exchange.finish or exchange.reject says what became of it",
    "claim.approve": "the disbursing officer's desk shows what is to be ordered",
    "claim.order_again": "the claim's page shows it; the supplier knows of the first order",
    "claim.release": "the leaves are told to the bank in the same transaction",
    "leaf.add_leaf": "claim.file tells the subcontractors",
    "leaf.instruct": "the payee's page shows where the money is",
    "leaf.lose": "the bank is asked by the exchange; the payee's page shows it",
    "leaf.doubt": "the disbursing officer's desk shows it",
    "leaf.correct_payee": "the contract officer's desk asks for the confirmation",
    "leaf.settle": "leaf.credit or leaf.bounce of the same transaction tells the payee",
}

CLOCK: tuple[ClockJob, ...] = (ClockJob(timedelta(hours=6), forget_sessions),)
