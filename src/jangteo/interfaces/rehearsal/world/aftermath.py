"""What happens to a tender of the practice world after its opening: one function a verb."""

from datetime import date, timedelta

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.street import awarding, contracting, delivering, paying
from jangteo.interfaces.rehearsal.world import names
from jangteo.interfaces.rehearsal.world.town import Played, World

#: index of the personas' subcontractor
_SUBCONTRACTOR = 1
#: end of an account whose bank takes an order and never says what became of it
_SILENT = "9011"


def _today(played: Played) -> date:
    return played.at.astimezone(KST).date()


# ── award ──


def submit(world: World, played: Played, _: str) -> None:
    """The first in rank hands in its papers."""
    awarding.add_papers(played.winner(world), played.number)
    awarding.hand_in(played.winner(world), played.number)


def supplement(world: World, played: Played, _: str) -> None:
    """One paper is missing."""
    text = "경영상태 확인서의 발급일이 공고일보다 앞섭니다. 다시 발급받아 내 주십시오."
    awarding.ask_supplement(played.agency(world), played.number, text=text)


def review(world: World, played: Played, _: str) -> None:
    """The candidate passes."""
    awarding.pass_review(played.agency(world), played.number)


def reject(world: World, played: Played, _: str) -> None:
    """The candidate fails."""
    note = "심사 중 영업정지 처분이 확인되었습니다."
    awarding.fail_review(played.agency(world), played.number, ground="disqualified", note=note)


def withdraw(world: World, played: Played, _: str) -> None:
    """The second in rank gives up."""
    awarding.withdraw(played.bids[1].supplier, played.number)


def propose(world: World, played: Played, _: str) -> None:
    """The award is proposed."""
    awarding.propose(played.agency(world), played.number)


def confirm(world: World, played: Played, _: str) -> None:
    """Another person confirms it."""
    awarding.confirm(played.agency(world), played.number)


def refuse(world: World, played: Played, _: str) -> None:
    """Another person does not confirm it."""
    text = "실적 증빙의 원본 대조가 빠졌습니다. 확인한 뒤 다시 올려 주십시오."
    awarding.refuse(played.agency(world), played.number, text=text)


def annul(world: World, played: Played, _: str) -> None:
    """The winner gave up."""
    reason = "낙찰자가 계약을 맺지 않겠다고 서면으로 알렸습니다."
    awarding.annul(played.agency(world), played.number, cause="gave_up", reason=reason)


# ── contract ──


def draft(world: World, played: Played, line: str) -> None:
    """The contract is drafted and its terms are set; line: end of the budget line."""
    agency = played.agency(world)
    played.contract = contracting.draft(agency, played.number)
    contracting.set_terms(
        agency, played.contract, starts=_starts(played), ends=_ends(played),
        budget_line=f"401-{line}" if line else contracting.BUDGET_LINE,
    )  # fmt: skip


def _starts(played: Played) -> date:
    """The day on which the works really begin, or one soon after today."""
    acts = played.scene.acts
    begun = [act.at for act in acts if act.verb == "start"]
    return (begun[0] if begun else acts[-1].at + timedelta(days=10)).astimezone(KST).date()


def _ends(played: Played) -> date:
    if played.scene.ends is None:
        raise ValueError("a contract has a last day")
    return played.scene.ends


def offer(world: World, played: Played, _: str) -> None:
    """The text goes to the supplier."""
    contracting.offer(played.agency(world), played.contract)


def agree(world: World, played: Played, _: str) -> None:
    """The supplier signs; the agency records the security."""
    contracting.agree(played.winner(world), played.contract)
    contracting.secure(played.agency(world), played.contract)


def conclude(world: World, played: Played, _: str) -> None:
    """The agency signs."""
    contracting.conclude(played.agency(world), played.contract)


def shelve(world: World, played: Played, _: str) -> None:
    """The contract is given up before it is signed."""
    reason = "예산이 다음 해로 넘어가 이번에는 계약을 맺지 않습니다."
    contracting.cancel(played.agency(world), played.contract, reason=reason)


def _hired(world: World, played: Played) -> int:
    """The personas' company hires the personas' subcontractor, the others anybody else."""
    if played.scene.supplier == 0:
        return _SUBCONTRACTOR
    others = [n for n in range(2, len(world.suppliers)) if n != played.scene.supplier]
    return others[played.scene.base_amount // 1_000 % len(others)]


def hire(world: World, played: Played, _: str) -> None:
    """A subcontract is registered."""
    supplier = played.winner(world)
    value = int(contracting.state(supplier.agent, played.contract)["value"])
    hired = world.supplier(_hired(world, played))
    work = played.chance.choice(names.PARTS)
    played.subcontract = contracting.register(
        supplier, played.contract, hired, work=work, amount=value * 35 // 100
    )


def join(world: World, played: Played, _: str) -> None:
    """The subcontractor agrees."""
    contracting.agree_subcontract(world.supplier(_hired(world, played)), played.subcontract)


def note(world: World, played: Played, _: str) -> None:
    """The agency takes note of the subcontract."""
    contracting.acknowledge(played.agency(world), played.subcontract)


def part(world: World, played: Played, _: str) -> None:
    """The newest subcontract is ended."""
    reason = "공정이 줄어 하도급 없이 직접 시공합니다."
    contracting.end_subcontract(played.winner(world), played.subcontract, reason=reason)


def change(world: World, played: Played, percent: str) -> None:
    """More of the same is to be done, a few weeks longer."""
    agency = played.agency(world)
    value = int(contracting.state(agency.contract, played.contract)["value"])
    contracting.propose_amendment(
        agency, played.contract, value=value + value * int(percent) // 100,
        ends=_ends(played) + timedelta(days=21), reason="설계변경으로 물량이 늘었습니다.",
    )  # fmt: skip


def agree_change(world: World, played: Played, _: str) -> None:
    """The supplier signs the change."""
    contracting.agree_amendment(played.winner(world), played.contract)


def conclude_change(world: World, played: Played, _: str) -> None:
    """The agency records the prolonged bond and signs the change."""
    contracting.secure(played.agency(world), played.contract)
    contracting.conclude_amendment(played.agency(world), played.contract)


def drop_change(world: World, played: Played, _: str) -> None:
    """The agency withdraws the change."""
    contracting.withdraw_amendment(played.agency(world), played.contract)


def terminate(world: World, played: Played, _: str) -> None:
    """The works stand still beyond their last day."""
    reason = "준공기한이 지나도록 공정이 멈추어 있고 거듭 재촉해도 다시 시작하지 않았습니다."
    contracting.terminate(played.agency(world), played.contract, ground="delay", reason=reason)


# ── delivery ──


def start(world: World, played: Played, _: str) -> None:
    """The works begin."""
    delivering.start(played.winner(world), played.contract, on=_today(played))


def request(world: World, played: Played, share: str) -> None:
    """An inspection of a share of the contract in hundredths, or of the completion."""
    supplier = played.winner(world)
    found = delivering.state(supplier.agent, played.contract)
    amount = found["left"] if share == "completion" else found["contracted"] * int(share) // 100
    delivering.request(
        supplier, played.contract, kind="completion" if share == "completion" else "progress",
        amount=amount, on=_today(played),
    )  # fmt: skip


def fault(world: World, played: Played, _: str) -> None:
    """Something must be mended within two weeks."""
    note = "동쪽 벽 타일 줄눈에 틈이 있습니다. 다시 채운 뒤 알려 주십시오."
    by = _today(played) + timedelta(days=14)
    delivering.order_correction(played.agency(world), played.contract, note=note, mend_by=by)


def again(world: World, played: Played, _: str) -> None:
    """It is mended."""
    delivering.request_again(played.winner(world), played.contract, on=_today(played))


def accept(world: World, played: Played, _: str) -> None:
    """The works are accepted."""
    delivering.accept(played.agency(world), played.contract)


def call_off(world: World, played: Played, _: str) -> None:
    """The supplier withdraws its notice."""
    delivering.withdraw(played.winner(world), played.contract)


# ── payment ──


def claim(world: World, played: Played, trouble: str) -> None:
    """All that is accepted and not claimed yet; trouble: how the account of one worker ends."""
    supplier = played.winner(world)
    amount = paying.left(supplier, played.contract)
    standing = contracting.state(supplier.agent, played.contract)["subcontracts"]
    noted = [one["number"] for one in standing if one["status"] == "acknowledged"]
    under = noted[0] if noted else ""
    given = paying.leaves(amount, under=under, share=amount * 30 // 100 if under else 0)
    played.claim = paying.file(supplier, played.contract, _named(played, given, trouble))


def _named(played: Played, given: list[paying.Leaf], trouble: str) -> list[paying.Leaf]:
    """The same payees under names and accounts of their own; company accounts stay."""
    made = []
    for one in given:
        if one["kind"] == "worker":
            account = f"{played.chance.randrange(10**8, 10**9)}1{played.chance.randrange(10**3)}"
            person = names.person(played.chance)
            one = {**one, "payee_name": person, "account": f"{account:0<13}"[:13]}
        made.append(one)
    if trouble:
        last = max(n for n, one in enumerate(made) if one["kind"] in ("worker", "prime"))
        made[last] = {**made[last], "account": made[last]["account"][:-4] + trouble}
    return made


def give_back(world: World, played: Played, _: str) -> None:
    """The claim is returned."""
    reason = "노무비 지급 대상자 명단이 출역 기록과 다릅니다. 확인한 뒤 다시 청구해 주십시오."
    paying.send_back(played.agency(world), played.claim, reason=reason)


def take_back(world: World, played: Played, _: str) -> None:
    """The supplier withdraws its claim."""
    paying.withdraw(played.winner(world), played.claim)


def approve(world: World, played: Played, _: str) -> None:
    """The claim is found right."""
    paying.approve(played.agency(world), played.claim)


def order(world: World, played: Played, _: str) -> None:
    """The payment is ordered; budget system and bank answer."""
    paying.order(played.agency(world), played.claim)
    silent = any(act.argument == _SILENT for act in played.scene.acts)
    paying.wait_settled(played.agency(world), played.claim, silent=int(silent))


def word(world: World, played: Played, _: str) -> None:
    """A worker has the money."""
    paying.say(world.doors, _link(world, played), "received")


def miss(world: World, played: Played, _: str) -> None:
    """A worker does not see the money."""
    paying.say(world.doors, _link(world, played), "not_received")


def _link(world: World, played: Played) -> str:
    """The page of the newest claim's first worker."""
    found = paying.state(played.winner(world).agent, played.claim)["leaves"]
    return str(next(row["link"] for row in found if row["kind"] == "worker"))
