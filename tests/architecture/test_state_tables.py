"""Every verb of every state table has its action, someone who may, a way in and a way out."""

import ast
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

from jangteo.ground.process import StateTable
from jangteo.records.account.queries import PLATFORM_ROLES
from jangteo.stages.registration.states import APPLICANT, ROLES
from tests.architecture.source import HOUSE, tree

STAGES = (
    "registration", "tender", "bid", "opening", "award", "contract", "delivery", "payment",
)  # fmt: skip


def tables(stage: str) -> tuple[StateTable, ...]:
    states = importlib.import_module(f"jangteo.stages.{stage}.states")
    return getattr(states, "TABLES", (states.TABLE,))


TABLES = [(stage, table) for stage in STAGES for table in tables(stage)]
EVERY = pytest.mark.parametrize(("stage", "table"), TABLES, ids=[table.name for _, table in TABLES])
#: verb -> the public function that does it, where the two differ
DONE_BY = {
    "registration.submit": ("register_agency", "register_supplier"),
    "registration.add_officer": ("add_person",),
    "tender.draft": ("draft_tender",),
    "tender.edit": ("save_draft",),
    "tender.open": ("close",),
    "tender.fail": ("close",),
    "tender.hold": ("close",),
    "tender.set_aside": ("close",),
    "bid.submit": ("receive_bids",),
    "opening.request_keys": ("sign_request",),
    "opening.publish": ("hold_opening",),
    "opening.fail": ("hold_opening",),
    "opening.hold": ("hold_opening",),
    "tender.award": ("settle",),
    "tender.annul_award": ("settle",),
    "tender.exhaust": ("settle",),
    "tender.resume": ("settle",),
    "examination.hold": ("call_next", "pass_review", "fail_review", "compute_again"),
    "examination.lapse_reopening": ("withdraw",),
    "examination.lapse_own_score": ("withdraw",),
    "examination.resume_call": ("compute_again",),
    "examination.resume_review": ("compute_again",),
    "contract.amend": ("conclude_amendment",),
    "leaf.add_leaf": ("file",),
}
#: states in which a thing may rest for good, and why
FINAL = {
    "registration.active": "registered until debarment and expiry come with their own verbs",
    "tender.cancelled": "a cancelled tender stays cancelled",
    "bid.received": "a sealed bid is never changed",
    "opening.published": "the result is final",
    "opening.failed": "the result is final",
    "opening.set_aside": "the tender is cancelled; a new notice is one of its own",
    "examination.withdrawn": "the next in rank is called",
    "award.unsuccessful": "another proposal is an award of its own",
    "award.cancelled": "annulled for good; another award is a row of its own",
    "contract.completed": "completed and paid",
    "contract.terminated": "ended for good",
    "contract.cancelled": "never signed",
    "amendment.effective": "a later change is an amendment of its own",
    "amendment.withdrawn": "a later change is an amendment of its own",
    "subcontract.ended": "ended for good",
    "delivery.completed": "all accepted",
    "delivery.stopped": "ended with the contract",
    "inspection.accepted": "accepted for good",
    "inspection.withdrawn": "another request is an inspection of its own",
    "claim.paid": "paid for good",
    "claim.withdrawn": "another claim is one of its own",
    "leaf.credited": "credited for good",
}


def public_functions(module: ModuleType) -> set[str]:
    found = {n for n, one in inspect.getmembers(module, inspect.isfunction) if n[0] != "_"}
    for inner in pkgutil.iter_modules(getattr(module, "__path__", ())):
        found |= public_functions(importlib.import_module(f"{module.__name__}.{inner.name}"))
    return found


@EVERY
def test_every_verb_has_an_action(stage: str, table: StateTable) -> None:
    actions = public_functions(importlib.import_module(f"jangteo.stages.{stage}.actions"))
    name = table.name
    for row in table.transitions:
        for function in DONE_BY.get(f"{name}.{row.verb}", (row.verb,)):
            assert function in actions, f"{name}.{row.verb} has no action {function}"


@EVERY
def test_every_verb_has_someone_who_may_and_a_law(stage: str, table: StateTable) -> None:
    known = set(ROLES) | set(PLATFORM_ROLES) | {APPLICANT}
    for row in table.transitions:
        assert row.who, f"{row.verb}: nobody may"
        assert set(row.who) <= known, f"{row.verb}: {set(row.who) - known}"
        assert row.law, f"{row.verb} has no law"


@EVERY
def test_every_state_is_known_reached_and_left_or_final(stage: str, table: StateTable) -> None:
    found = table
    verbs = [row.verb for row in found.transitions]
    assert len(verbs) == len(set(verbs))
    for row in found.transitions:
        assert set(row.source) | ({row.target} - {""}) <= set(found.states), row.verb
        assert row.source or row.target, f"{row.verb} begins nowhere and leads nowhere"

    reached = {row.target for row in found.transitions if not row.source}
    assert reached, "nothing begins this process"
    while True:
        more = {r.target for r in found.transitions if r.target and reached & set(r.source)}
        if more <= reached:
            break
        reached |= more
    assert reached == set(found.states)

    left = {s for r in found.transitions if r.target for s in r.source if r.target != s}
    rests = {f"{found.name}.{state}" for state in found.states if state not in left}
    assert rests == {state for state in FINAL if state.startswith(f"{found.name}.")}


@EVERY
def test_the_owner_is_a_column(stage: str, table: StateTable) -> None:
    from django.apps import apps

    models = apps.get_app_config(f"jangteo_{stage}").get_models()
    found = [one for one in models if getattr(one, "state_table", None) is table]
    assert len(found) == 1
    columns = {field.attname for field in found[0]._meta.concrete_fields}
    assert {table.owner_of(row.verb) for row in table.transitions} <= columns


def test_no_action_sets_a_status_by_hand() -> None:
    wrong = []
    for path in (HOUSE / "stages").rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            wrong += [
                f"{path.name}:{node.lineno}"
                for one in targets
                if isinstance(one, ast.Attribute) and one.attr == "status"
            ]
            is_update = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update"
            if is_update and any(word.arg == "status" for word in node.keywords):
                wrong.append(f"{path.name}:{node.lineno} update(status=…)")
    assert wrong == []
