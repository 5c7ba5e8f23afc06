"""What a customer chooses below a line of the bot, where no messenger has buttons: a program or a page brings it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.api.lines import Choice, Line, lines_of
from services.api.messages import ChosenAlready, NoSuchChoice, NoSuchMessage
from services.customers.feedback import Feedback
from services.customers.satisfaction import Satisfaction
from services.messages.callbacks import OnAnswer, OnChoice, OnGuess, decode
from services.messages.incoming import Cause, Person
from services.messages.rating_presses import OnRating
from storage.address import Address
from storage.records import Message
from storage.store import Store
from storage.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a choice."""

    line: Line
    """The line it stood under, as it is now."""
    reply: Line | None
    """What the bot said to it."""


class Choices:
    """Takes choices, each once: the same one again hears the same."""

    def __init__(self, *, store: Store, feedback: Feedback, satisfaction: Satisfaction) -> None:
        self._store = store
        self._feedback = feedback
        self._satisfaction = satisfaction

    async def take(self, address: Address, message_id: UUID, choice: str) -> Taken:
        """Do what was chosen. Raises NoSuchMessage, NoSuchChoice, ChosenAlready."""
        cause = Cause(key=f"choice:{message_id}:{choice}")
        offered = await self._store.read(lambda unit: self._offered(unit, address, message_id, choice, cause))
        if offered is not None:
            await self._press(cause, Person(address=address, first_name=""), offered)
        return await self._store.read(lambda unit: _taken(unit, address, message_id, choice, cause))

    @staticmethod
    def _offered(unit: Unit, address: Address, message_id: UUID, choice: str, cause: Cause) -> Choice | None:
        """Return what was offered under a name; None where it has been taken already."""
        line = _line(unit, address, message_id)
        if _is_taken(unit, line, choice, cause):
            return None
        offered = unit.offers.of([line.id]).get(line.id, ())
        found = next((one for one in offered if one.id == choice), None)
        if found is None:
            raise ChosenAlready if line.feedback is not None and not offered else NoSuchChoice
        return found

    async def _press(self, cause: Cause, person: Person, offered: Choice) -> None:
        match decode(offered.press):
            case OnAnswer() as press:
                await self._feedback.answer(cause, person, press)
            case OnGuess() as press:
                await self._feedback.guess(cause, person, press)
            case OnChoice() as press:
                await self._feedback.choice(cause, person, press)
            case OnRating() as press:
                await self._satisfaction.rate(cause, person, press)
            case _:
                raise NoSuchChoice


def _line(unit: Unit, address: Address, message_id: UUID) -> Message:
    customer = unit.customers.find(address)
    line = unit.messages.by_public_id(customer.id, message_id) if customer else None
    if line is None or line.author != "bot":
        raise NoSuchMessage
    return line


def _is_taken(unit: Unit, line: Message, choice: str, cause: Cause) -> bool:
    if line.feedback == choice or unit.messages.caused_by(f"{cause.key}/0") is not None:
        return True
    rating = unit.ratings.get(line.ticket_id) if line.ticket_id is not None else None
    return rating is not None and choice == f"score_{rating.score}"


def _taken(unit: Unit, address: Address, message_id: UUID, choice: str, cause: Cause) -> Taken:
    """Return what became of it. Raises ChosenAlready where another one was faster."""
    line = _line(unit, address, message_id)
    if not _is_taken(unit, line, choice, cause):
        raise ChosenAlready
    reply = unit.messages.caused_by(f"{cause.key}/0")
    told = lines_of(unit, [line, *([reply] if reply else [])])
    return Taken(line=told[0], reply=told[1] if reply else None)
