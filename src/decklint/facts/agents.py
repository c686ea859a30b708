"""Those who make things, as a sentence names them: people and organisations, put together where they stand in one list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from decklint.facts.entities import Entity, Fact
from decklint.facts.mentions import Mention
from decklint.facts.people import Person
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.verdicts import UNKNOWN, Judgement, Verdict, agreeing
from decklint.records import dataclass

_LISTED = re.compile(r"\s*(?:与|和|及|、|以及|联合|携手|[,，;]? ?and|&|[,，;])?\s*(?:来自)?\s*")
_OF = re.compile(
    r"\s*(?:公司|团队)?\s*(?:的|旗下的?|'s|’s|at|of|from|[(（]|[)）])\s*(?:研究者|研究人员|工程师|科学家|学者|教授|researchers?)?\s*"
)
_SCHOOL = re.compile(r"\s?(?:大学|学院|实验室|university|lab|labs|cloud|云|translate|翻译|搜索|search|scholar|colab)")


@dataclass(frozen=True, slots=True)
class Agents:
    """A list of people and organisations; `stop` is behind its `et al.` or 等人."""

    start: int
    end: int
    stop: int
    people: tuple[Person, ...]
    organisations: tuple[Mention, ...]

    def joined(self, other: Agents) -> Agents:
        """The list of both."""
        return Agents(self.start, other.end, other.stop, self.people + other.people, self.organisations + other.organisations)

    @property
    def has_strangers(self) -> bool:
        """Whether somebody is named whom the registry does not know."""
        return any(not person.name for person in self.people)


def agents_in(sentence: Sentence) -> list[Agents]:
    """The lists of makers in a sentence, in order."""
    start, end, people = sentence.start, sentence.end, sentence.passage.people
    organisations = [m for m in sentence.mentions if m.entity.kind == "organisation" and not _SCHOOL.match(sentence.text, m.end)]
    named = [person for person in people if start <= person.start and person.end <= end] if people else ()
    if not organisations and not named:
        return []
    things = [m for m in sentence.mentions if not m.entity.is_agent and not m.elsewhere]
    people = [person for person in named if not _is_inside(person, (*things, *organisations))]
    found: list[Agents] = []
    each: list[Person | Mention] = [*people, *organisations]
    for one in sorted(each, key=lambda agent: agent.start):
        if isinstance(one, Person):
            new = Agents(one.start, one.end, one.stop, (one,), ())
        else:
            new = Agents(one.start, one.end, one.end, (), (one,))
        last = found[-1] if found else None
        if last is not None and any(between.fullmatch(sentence.text, last.stop, one.start) for between in (_LISTED, _OF)):
            found[-1] = last.joined(new)
        else:
            found.append(new)
    return found


def _is_inside(person: Person, others: Iterable[Mention]) -> bool:
    return any(m.start < person.end and person.start < m.end for m in others)


def judge_people(people: Sequence[Person], facts: Sequence[Fact], complete: bool) -> Judgement:
    """People are contradicted if none of them is an author, and all are known; beside a right name only by a closed set."""
    established = [fact for fact in facts if fact.status == "established"]
    authors = [author for fact in established for author in fact.values]
    right = [person for person in people if person.is_one_of(authors)]
    if len(right) == len(people) and people:
        return agreeing([f for f in established if any(person.is_one_of(f.values) for person in people)])
    if not established or right or not complete or not all(person.name for person in people):
        return UNKNOWN
    others = "" if len(established[0].values) == 1 else " et al."
    return Judgement(Verdict.CONTRADICTED, established[:1], f"{established[0].values[0]}{others}")


def judge_organisations(named: Sequence[Mention], facts: Sequence[Fact], registry: Registry) -> Judgement:
    """Organisations are contradicted if none of them is one of the fact's, or of one house with it."""
    established = [fact for fact in facts if fact.status == "established"]
    right = {value for fact in established for value in fact.values}
    of_house = right | {other for value in right & registry.entities.keys() for other in registry.entities[value].related}
    agreed = [mention for mention in named if mention.entity.id in of_house]
    if agreed:
        return agreeing(established) if len(agreed) == len(named) else UNKNOWN
    if not established:
        return UNKNOWN
    return Judgement(Verdict.CONTRADICTED, established[:1], _called(established[0], named[0], registry))


def _called(fact: Fact, wrong: Mention, registry: Registry) -> str:
    entity = registry.entities.get(fact.values[0])
    return entity.name if entity is not None else ""


def outdated_name(written: str, entity: Entity, made: Sequence[str], judged: Judgement) -> Judgement:
    """Judged anew if an organisation is called by the name that it had given up before the thing came into the world."""
    former = entity.former
    if judged.verdict is not Verdict.CONFIRMED or former is None or not made or former.name.lower() not in written.lower():
        return judged
    if min(made) <= former.on[: len(min(made))]:
        return judged
    fact = Fact("organisation", (former.now,), "established", False, True, (former.source,), "", former.on)
    return Judgement(Verdict.OUTDATED, [fact], former.now)
