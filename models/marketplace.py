"""A marketplace: its rules, and the tiers in which it grades listings."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import Discriminator, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.fact import FactKind
from models.rule import Level, Limit, ListingRule, ListingTerms, PhotoRule, PhotoTerms
from models.value import Value

Text = Annotated[str, MinLen(1)]
Rule = Annotated[PhotoRule | ListingRule, Discriminator("rule")]
Place = tuple[str | int, ...]


class Tier(Value):
    """One grade of listings, and what lifts a listing from the one below to it."""

    code: Text
    """As the marketplace calls it."""
    id: Text
    """Its Indonesian name."""
    en: Text
    """Its English name."""
    task: tuple[ListingRule, ...] = ()
    """What it takes, the cheapest for the seller first: the first that is missing is the next to do."""

    def name(self, language: Literal["id", "en"]) -> str:
        """Return the name in a language."""
        return self.id if language == "id" else self.en


class Marketplace(Value):
    """All that a profile says."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]
    name: Text
    language: Literal["id", "en"] = "id"
    """What listings are written in there."""
    fields: dict[FactKind, Text] = Field(default_factory=dict)
    """What the marketplace calls its field for a kind of fact; of others only our own name is known."""
    prohibited: tuple[Text, ...] = ()
    """Words that no listing may have there, besides those that none has without evidence; in lower case, a
    star stands for any ending."""
    rule: Annotated[tuple[Rule, ...], MinLen(1)]
    """The one to mend first stands first."""
    tier: tuple[Tier, ...] = ()
    """The lowest first, which every listing reaches. Empty where the marketplace names none."""

    @property
    def photo_rules(self) -> tuple[PhotoRule, ...]:
        """The rules about each photo."""
        return tuple(rule for rule in self.rule if isinstance(rule, PhotoTerms))

    def on(self, day: date) -> "Marketplace":
        """Return the profile with each rule's level as it is on a day."""
        rules = tuple(rule.model_copy(update={"level": rule.on(day)}) for rule in self.rule)
        return self.model_copy(update={"rule": rules})

    @model_validator(mode="after")
    def _makes_sense(self) -> "Marketplace":
        faults = [*self._said_twice(), *self._contradictions(), *self._wrong_tiers()]
        if faults:
            details = [
                InitErrorDetails(
                    type=PydanticCustomError("profile", "{fault}", {"fault": fault}), loc=place, input=None
                )
                for place, fault in faults
            ]
            raise ValidationError.from_exception_data("Marketplace", details)
        return self

    def placed(self) -> Iterator[tuple[Place, PhotoRule | ListingRule]]:
        """Yield each rule and each tier's task with its place in the profile."""
        for number, rule in enumerate(self.rule):
            yield ("rule", number), rule
        for number, tier in enumerate(self.tier):
            for task_number, task in enumerate(tier.task):
                yield ("tier", number, "task", task_number), task

    def _said_twice(self) -> Iterator[tuple[Place, str]]:
        seen = set()
        for place, rule in self.placed():
            goods = rule.categories if isinstance(rule, ListingTerms) else ()
            what = (place[:2] if place[0] == "tier" else (), rule.rule, rule.wanted, goods)
            if what in seen:
                yield (*place, "rule"), f"{rule.rule} {rule.shown} is said twice".replace("  ", " ")
            seen.add(what)

    def _contradictions(self) -> Iterator[tuple[Place, str]]:
        required = [
            (place, rule)
            for place, rule in self.placed()
            if isinstance(rule, Limit) and rule.level is Level.REQUIRED and place[0] == "rule"
        ]
        for place, least in required:
            for _, most in required:
                same = least.rule.removeprefix("min_") == most.rule.removeprefix("max_")
                if least.is_minimum and not most.is_minimum and same and least.value > most.value:
                    yield (*place, "value"), f"{least.rule} {least.shown} is more than {most.rule} {most.shown}"

    def _wrong_tiers(self) -> Iterator[tuple[Place, str]]:
        codes = [tier.code for tier in self.tier]
        if len(codes) == 1:
            yield ("tier", 0), "one tier alone grades nothing"
        for number, tier in enumerate(self.tier):
            place = ("tier", number)
            if tier.code in codes[:number]:
                yield (*place, "code"), f"two tiers have the code {tier.code}"
            if number == 0 and tier.task:
                yield (*place, "task", 0), "the lowest tier has no tasks: every listing reaches it"
            if number > 0 and not tier.task:
                yield (*place, "code"), f"{tier.code} has no task, so it is not above the tier before it"
            for task_number, task in enumerate(tier.task):
                if task.model_fields_set & {"level", "required_from"}:
                    yield (
                        (*place, "task", task_number, "level"),
                        "a tier's task has no level: it is what the tier takes",
                    )
