"""*Send*, *Edit* and *Wrong* under a proposed answer. A press of one that was decided meanwhile changes nothing."""

from __future__ import annotations

from typing import Literal

from services.desk import asking, suggesting
from services.desk.answer_verbs import AnswerVerbs
from services.desk.pressed import Pressed
from services.desk.suggesting import Proposed
from services.desk.toasts import Toast, toast
from services.desk.wording import from_page
from services.texts.html import plain
from services.texts.team import Team
from storage.suggestions import Suggestion


class SuggestionVerbs:
    """Carries out presses, inside a write unit."""

    def __init__(self, *, answers: AnswerVerbs, team: Team) -> None:
        self._answers = answers
        self._team = team

    def press(self, here: Pressed, action: Literal["accept", "edit", "wrong"], choice: str | None) -> Toast:
        match action:
            case "accept":
                return self.accept(here, choice)
            case "edit":
                return self.edit(here, choice)
            case "wrong":
                return self.wrong(here, choice)

    def accept(self, here: Pressed, choice: str | None) -> Toast:
        """Send what is proposed as the operator's line, and only the words that they have read."""
        number, _, mark = (choice or "").partition(".")
        one, proposed = self._find(here, number)
        if one is None or proposed is None or proposed.reading.missing:
            return toast("suggestion_over")
        if proposed.reading.mark != mark:
            return toast("answer_changed")
        if proposed.reading.gaps:
            return toast("gaps", gaps=", ".join(proposed.reading.gaps))
        suggesting.decide(here.unit, one, here.operator, "sent")
        self._answers.deliver(here, proposed.reading)
        return toast("sent")

    def edit(self, here: Pressed, choice: str | None) -> Toast:
        """Hand out the text: it counts as edited when the operator's own words have gone to the customer."""
        one, proposed = self._find(here, choice)
        if one is None or proposed is None:
            return toast("suggestion_over")
        here.unit.suggestions.edits(one.id, here.operator.id)
        if not from_page(here.outgoing.cause):  # a page has it in its composer
            asking.ask_words(here, self._team, plain(proposed.reading.html))
        return toast("words_asked")

    def wrong(self, here: Pressed, choice: str | None) -> Toast:
        """Note that it is not the answer, and ask what the question is about instead."""
        one, _ = self._find(here, choice)
        if one is None:
            return toast("suggestion_over")
        suggesting.decide(here.unit, one, here.operator, "wrong")
        if not from_page(here.outgoing.cause):  # a page has a menu of its own
            here.unit.tickets.change(here.ticket.id, face="correct", menu=None)
        return toast("suggestion_wrong")

    def _find(self, here: Pressed, number: str | None) -> tuple[Suggestion | None, Proposed | None]:
        """Return a suggestion that nobody has decided on, and how it reads now."""
        one = next((one for one in here.unit.suggestions.standing(here.ticket.id) if str(one.id) == number), None)
        customer = here.unit.customers.get(here.ticket.customer_id)
        if one is None or customer is None:
            return None, None
        return one, self._answers.menus.proposed(here.unit, here.ticket, customer, one)
