"""What the desk takes: bodies and queries, field by field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from handlers.http.bodies import Text, with_words
from services.dashboard.inbox import PAGE_MOST, Filters, View
from services.dashboard.remarks import NOTE_MOST
from services.messages.lengths import MESSAGE, units


def _fits(value: str) -> str:
    """Refuse what does not fit into one message: nothing may be cut off."""
    if units(value) > MESSAGE:
        raise ValueError(f"may have {MESSAGE} characters")
    return value


Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""The caller's own name for a change: sent again under the same one, it happens once."""
Said = Annotated[Text, AfterValidator(with_words), AfterValidator(_fits)]
Row = Annotated[int, Field(ge=1, le=2**62)]
"""The number of something stored."""
OperatorId = Annotated[int, Field(ge=-(2**62), le=2**62)]
SCENARIO = r"^[A-Z0-9_]{1,80}$"
Scenario = Annotated[str, StringConstraints(pattern=SCENARIO)]


class Strict(BaseModel):
    """An unknown field is a mistake that its writer wants to hear of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Acting(Strict):
    """A body that names an `action`. It was called `deed` before, and a program that still does so is understood."""

    @model_validator(mode="before")
    @classmethod
    def _by_its_former_name(cls, told: Any) -> Any:
        if not isinstance(told, dict) or "deed" not in told or "action" in told:
            return told
        return {"action" if name == "deed" else name: value for name, value in told.items()}


class LinkBody(Strict):
    """What stands in a link from the bot, behind `#enter=`."""

    link: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class TelegramBody(Strict):
    """`initData` of a Mini App, as Telegram hands it to the page."""

    init_data: Annotated[str, StringConstraints(min_length=1, max_length=8192)]


class Narrowing(Strict):
    """Which tickets count. `operator` 0: those that nobody has; `place`: a code of /api/desk/choices."""

    priority: Literal["low", "medium", "high", "critical"] | None = None
    channel: Literal["telegram", "api", "business", "direct", "web"] | None = None
    scenario: Scenario | None = None
    operator: OperatorId | None = None
    place: Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,16}\.[0-9]{1,16}$")] | None = None

    @property
    def filters(self) -> Filters:
        group, _, thread = (self.place or "0.0").partition(".")
        return Filters(
            priority=self.priority,
            channel=self.channel,
            scenario=self.scenario,
            operator_id=self.operator,
            where=(int(group) or None, int(thread) or None) if self.place else None,
        )


class InboxQuery(Narrowing):
    """Which tickets, and from where on."""

    view: View = "waiting"
    after: Annotated[str, StringConstraints(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_MOST)] = 50


class SearchQuery(Narrowing):
    """What is looked for, and which page of what was found."""

    words: Annotated[Text, StringConstraints(max_length=200)]
    page: Annotated[int, Field(ge=0, le=100)] = 0


class LinesQuery(Strict):
    """Which piece of a conversation: what stands above a line, or its end."""

    before: Row | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class FileQuery(Strict):
    """How a file is wanted. `keep`: to be kept, whatever it is."""

    keep: bool = False


class KeyBody(Strict):
    """A change that says nothing more."""

    key: Key


class NoteBody(Strict):
    """What is to be known of a customer; empty takes it away."""

    text: Annotated[Text, StringConstraints(max_length=NOTE_MOST)]
    before: Annotated[str, StringConstraints(max_length=MESSAGE)] | None
    """The note as the writer has read it: where it has changed since, nothing is written."""
    key: Key
