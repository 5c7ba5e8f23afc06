"""From a question to what is done about it: what an engine thinks of it, the plan, and carrying that out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from services.classify.sureness import Policy
from services.classify.urgency import highest
from services.classify.verdict import LOCAL, Question, Verdict
from services.customers.carrying_out import Outcome, Received, carry_out
from services.customers.conversation import Conversation
from services.customers.decisions import decide, further
from services.customers.identity import spoken_to
from services.customers.language import answer_language
from services.customers.offers import offered_by
from services.customers.plans import Plan
from services.customers.sessions import Sessions
from services.customers.situation import Situation
from services.customers.situations import LATELY, taken_up
from services.messages.ages import is_late
from services.messages.incoming import CustomerMessage
from services.scenarios.answers import Answers
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.records import Customer, Message
from storage.store import Store
from storage.units import Unit

CONTEXT_LINES: Final = 6
First = Callable[[Conversation], object]
"""What is to be said before anything else."""


class Answering:
    """Decides on stored lines, whether they came a moment ago or waited for more."""

    def __init__(
        self,
        *,
        store: Store,
        sessions: Sessions,
        knowledge: Knowledge,
        answers: Answers,
        policy: Callable[[str], Policy],
        late_after: timedelta,
        team: Team,
    ) -> None:
        """`policy`: what holds for the verdicts of an engine.

        `late_after`: how old a question is when its answer begins with a word about the delay.
        """
        self._store = store
        self._sessions = sessions
        self._knowledge = knowledge
        self._answers = answers
        self._policy = policy
        self._late_after = late_after
        self._team = team

    @property
    def wants_context(self) -> bool:
        """Whether an engine reads what was said before."""
        return self._knowledge.wants_context

    def context(self, unit: Unit, customer: Customer | None) -> tuple[str, ...]:
        """Return what was said lately, for an engine that reads it."""
        read = customer is not None and self.wants_context
        return unit.messages.context(customer.id, unit.now - LATELY, most=CONTEXT_LINES) if customer and read else ()

    async def verdict(
        self, said: CustomerMessage, customer: Customer | None, context: tuple[str, ...], *, key: str = ""
    ) -> Verdict:
        """Ask the classifier; no transaction is open while it thinks. `key`: of the message, if it is not the cause."""
        language = customer.language if customer else spoken_to(said.person, self._team)
        names = (customer.first_name, customer.last_name) if customer else ()
        question = Question(text=said.text, language=language, key=key or said.cause.key, context=context, names=names)
        return await self._knowledge.classify(question)

    def plan(self, now: Situation, verdict: Verdict | None) -> Plan:
        """Decide, by the scenario that the verdict names if it still exists."""
        find = self._knowledge.scenario
        if verdict is None:
            return decide(now, None, None, self._policy(LOCAL))
        policy = self._policy(verdict.engine)
        also = further(verdict, find, policy)
        return decide(now, verdict, find(verdict.scenario), policy, also, offerable=offered_by(find))

    def respond(
        self,
        unit: Unit,
        said: CustomerMessage,
        *,
        customer: Customer,
        now: Situation,
        lines: Sequence[Message],
        verdict: Verdict | None,
        first: First | None = None,
    ) -> Outcome:
        """Decide on stored lines, which are one question known by its last line, and do what was decided."""
        message = lines[-1]
        customer = replace(customer, topic_id=message.topic_id)  # they may have written elsewhere meanwhile
        verdict = taken_up(unit, now, self._knowledge.version or "") or verdict
        spoken = answer_language(customer, said.text, verdict, fallback=self._team.fallback)
        language = self._answers.business.spoken_to(customer, spoken)
        late = is_late(said.written_at, unit.now, self._store.steady(), after=self._late_after)
        talk = self._sessions.conversation(unit, said.cause, customer, language, late=late)
        if first is not None:
            first(talk)
        talk.about = message
        talk.hear(said.text)
        unit.lines.join(lines, message.id)
        if verdict is not None:
            unit.verdicts.add(message.id, verdict.stored())
        received = Received(
            said=said,
            message=message,
            lines=lines,
            verdict=verdict,
            talk=talk,
            now=now,
            first=now.stranger and (first is None or not unit.messages.answered_before(customer.id)),
            urgency=highest(now.urgency, verdict.urgency if verdict else None),
        )
        return carry_out(self.plan(now, verdict), received)
