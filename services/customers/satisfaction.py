"""How a customer was helped: they give a score, and add a few words if they like."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from services.customers.conversation import Conversation
from services.customers.in_conversation import in_conversation, own_line
from services.customers.sessions import Sessions
from services.desk import ratings
from services.messages.effects import Reword, ShowCard, StripButtons, Words, home
from services.messages.incoming import Person
from services.messages.offered import offered
from services.messages.rating_presses import OnRating
from services.queues.outbox import TOUCH
from services.texts import say
from services.texts.keys import ToastKey
from storage.records import Cause, Message
from storage.store import Store
from storage.units import Unit

COMMENT_WITHIN: Final = timedelta(minutes=30)
"""For so long the next line of who wants to write a comment is the comment."""


class Satisfaction:
    """Takes ratings, each once."""

    def __init__(self, *, store: Store, sessions: Sessions) -> None:
        self._store = store
        self._sessions = sessions

    async def rate(self, cause: Cause, person: Person, press: OnRating) -> ToastKey | None:
        """Note a score, or wait for a comment; only a customer who was asked about a ticket has rated it."""

        def act(unit: Unit, talk: Conversation) -> ToastKey | None:
            line = own_line(unit, talk, press.message_id)
            if line is None or line.ticket_id is None or not ratings.was_asked(unit, line.ticket_id, talk.customer):
                return "outdated"
            if press.score is None:
                return self._await_comment(unit, talk, line, line.ticket_id)
            return self._score(unit, talk, line, line.ticket_id, press.score)

        return await in_conversation(self._store, self._sessions, cause, person, act)

    @staticmethod
    def _score(unit: Unit, talk: Conversation, line: Message, ticket_id: int, score: int) -> ToastKey:
        if not unit.ratings.rate(ticket_id, score):
            return "rated"
        closed = say("customer.closed", talk.language, ticket=ticket_id)
        text = f"{closed}\n\n{say('customer.rated', talk.language, score=score)}"
        unit.messages.change(line.id, text=text)
        if (there := home(talk.customer)) is not None:
            words = Words(text=text, buttons=ratings.comment(line.id, talk.language))
            talk.outgoing.put(Reword(to=there, message_id=line.id, words=words))
        else:
            unit.offers.make(line.id, offered(ratings.comment(line.id, talk.language)))
        talk.outgoing.put(ShowCard(ticket_id=ticket_id), rank=TOUCH)
        return "helped"

    @staticmethod
    def _await_comment(unit: Unit, talk: Conversation, line: Message, ticket_id: int) -> ToastKey | None:
        if not unit.ratings.await_comment(ticket_id, unit.now + COMMENT_WITHIN):
            return "outdated"
        if (there := home(talk.customer)) is not None:
            talk.outgoing.put(StripButtons(to=there, message_id=line.id))
        else:
            unit.offers.make(line.id, ())
        talk.tell("comment_wanted")
        return None
