"""Candidates under examination, the reviews of their papers, and the award of a lot."""

from typing import ClassVar

from django.db import models

from jangteo.records.numbering.queries import new_id
from jangteo.records.wish.models import Asked
from jangteo.stages.award import states


class Examination(models.Model):
    """One candidate of a lot. amount: its bid in won; rank: of the opening.

    bundle_hash: the frozen inputs of the opening it rests on, hex.
    provisional: {"price", "others", "total", "pass_mark": texts, "passes": bool, "items": [{"code",
    "text", "full"}], "steps": [stored Reasons]}; without "total" if no rule gives a score.
    papers_due, review_due: moments that the law sets, with rows and reasons in `rules`;
    supplement: what was asked for, once.
    """

    state_table: ClassVar = states.EXAMINATION

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey("jangteo_tender.Tender", models.PROTECT, related_name="+")
    tender_number = models.CharField(max_length=13)
    lot = models.CharField(max_length=3, default="1")
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=states.EXAMINATION.choices())
    rank = models.IntegerField()
    amount = models.BigIntegerField()
    bundle_hash = models.CharField(max_length=64)
    provisional = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    called_at = models.DateTimeField()
    papers_due = models.DateTimeField(null=True)
    papers_at = models.DateTimeField(null=True)
    review_due = models.DateTimeField(null=True)
    supplement = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot", "supplier"], name="one_examination_a_candidate"
            )
        ]

    @property
    def subject(self) -> str:
        return f"examination:{self.tender_number}:{self.supplier_id}"


class Review(models.Model):
    """What the contract officer found. scores: {item: text}; ground: "" if passed.

    by: None where the platform found that no review could reach the pass mark.
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="reviews")
    scores = models.JSONField(default=dict)
    total = models.CharField(max_length=12, blank=True)
    passed = models.BooleanField()
    ground = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)
    steps = models.JSONField(default=list)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class Calculation(models.Model):
    """A candidate's score by both engines; each is a row of its own, the last one counts.

    What two people confirmed by the agency's own standard (what: own) stands on both sides.

    what: a key of states.SCORED; scores: the officer's figures, {item: text}; ours, theirs:
    {"price", "others", "total", "passes": texts}, theirs {} where the second engine gave no score;
    why: then its silence in a word, else "".
    """

    INSERT_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="calculations")
    what = models.CharField(max_length=12)
    scores = models.JSONField(default=dict)
    ours = models.JSONField(default=dict)
    theirs = models.JSONField(default=dict)
    why = models.CharField(max_length=40, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class Award(models.Model):
    """The award of a lot. value: won including VAT; at most one pending or active a lot.

    bundle_hash: the frozen inputs; found_by_rules, found_by_verifier: what each calculation found
    of the winner at the opening and of its score, as a hash; both must be equal.
    reason: why the second person did not confirm it. Triggers keep what is written here: it begins
    as a proposal, needs a verified result of the tender and, where candidates are scored, a passing
    review found alike twice to come in force, and never comes back.
    """

    state_table: ClassVar = states.TABLE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tender = models.ForeignKey("jangteo_tender.Tender", models.PROTECT, related_name="+")
    tender_number = models.CharField(max_length=13)
    lot = models.CharField(max_length=3, default="1")
    buyer = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    supplier = models.ForeignKey("jangteo_party.Party", models.PROTECT, related_name="+")
    examination = models.ForeignKey(Examination, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=states.TABLE.choices())
    value = models.BigIntegerField()
    bundle_hash = models.CharField(max_length=64)
    found_by_rules = models.CharField(max_length=64, default="")
    found_by_verifier = models.CharField(max_length=64, default="")
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    contract_due = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot"],
                condition=models.Q(status__in=("pending", "active")),
                name="one_live_award_a_lot",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("confirmed_by")),
                name="award_by_two_people",
            ),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="award_value_positive"),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(confirmed_by__isnull=False),
                name="active_award_confirmed",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("pending", "active"))
                | (~models.Q(bundle_hash="") & ~models.Q(found_by_rules="")),
                name="live_award_names_its_inputs",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("pending", "active"))
                | models.Q(found_by_rules=models.F("found_by_verifier")),
                name="live_award_of_two_equal_results",
            ),
        ]

    @property
    def subject(self) -> str:
        return f"award:{self.tender_number}"


class Wish(Asked):
    """What one officer asks for about an award or a candidate, and another decides.

    verb: a key of states.WISHES, what a second person's word does; about: the award, or the
    examination of a candidate. cause: a key of states.CAUSES for an annulment, else "".
    Triggers keep it as it was asked, and let none outlive what it is about.
    """

    verb = models.CharField(max_length=20)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="wishes")
    examination = models.ForeignKey(Examination, models.PROTECT, null=True, related_name="wishes")
    cause = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["award"], condition=models.Q(ended=""), name="one_open_wish_an_award"
            ),
            models.UniqueConstraint(
                fields=["examination"],
                condition=models.Q(ended=""),
                name="one_open_wish_a_candidate",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    verb="annul", award__isnull=False, examination__isnull=True,
                    cause__in=list(states.CAUSES),
                ) | models.Q(
                    verb__in=("reopen", "compute_again", "confirm_own_score"),
                    award__isnull=True, examination__isnull=False, cause="",
                ),
                name="wish_about_one_thing",
            ),
        ]  # fmt: skip

    @property
    def matter(self) -> tuple[str, ...]:
        if self.verb == "confirm_own_score":
            own = self.own_score
            return (own.points, own.pass_mark, own.document)
        return (self.cause,)

    @property
    def decides(self) -> str:
        return self.verb


class OwnScore(models.Model):
    """A score by the agency's own published standard, where the platform knows no table.

    It is asked for by a wish, which holds who entered it, how the points came about, and who
    confirmed or refused it. points, pass_mark: texts; document: the standard and its article.
    Triggers keep it as it was entered, and take no calculation `own` without a confirmed one.
    """

    INSERT_ONLY = True

    wish = models.OneToOneField(Wish, models.PROTECT, primary_key=True, related_name="own_score")
    points = models.CharField(max_length=12)
    pass_mark = models.CharField(max_length=12)
    document = models.CharField(max_length=500)


class Annulment(models.Model):
    """Why an award was annulled; cause: a key of states.CAUSES.

    asked_by: who asked for it; by: the other person who confirmed it. A trigger takes none without
    both, nor one that is not a confirmed wish word for word.
    """

    INSERT_ONLY = True

    award = models.OneToOneField(Award, models.PROTECT, primary_key=True, related_name="annulment")
    cause = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)
    asked_by = models.UUIDField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("by")), name="annulment_by_two_people"
            ),
            models.CheckConstraint(
                condition=models.Q(cause__in=list(states.CAUSES)), name="annulment_has_a_cause"
            ),
        ]
