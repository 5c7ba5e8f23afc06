"""What the desk takes about answers: scenarios as a whole, values of facts, replies of the team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from handlers.http.bodies import Text, with_words
from handlers.http.desk.answer_responses import Action, AnswerMode, Priority
from handlers.http.desk.requests import Key, Row, Strict

MOST: Final = 512 * 1024
"""Bytes of a scenario with all of its phrases and texts."""

Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Name = Annotated[Text, StringConstraints(max_length=80)]
Line = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Words = Annotated[Text, StringConstraints(max_length=20_000)]
Phrases = Annotated[Sequence[Line], Field(max_length=2000)]


class TemplateBody(Strict):
    """One text of an answer."""

    language: Code
    text: Words


class AnswerBody(Strict):
    """One of the answers of a scenario that has several."""

    key: Name
    title: dict[Code, Words]
    examples: dict[Code, Phrases]
    templates: Annotated[Sequence[TemplateBody], Field(max_length=50)]
    priority: Priority | None = None
    action: Action | None = None
    mode: AnswerMode | None = None
    """Null: as it stands; for a new answer, what `autopilot.start` says."""


class ScenarioBody(Strict):
    """A scenario as a whole."""

    key: Name
    title: dict[Code, Words]
    description: Words
    priority: Priority
    action: Action
    examples: dict[Code, Phrases]
    templates: Annotated[Sequence[TemplateBody], Field(max_length=50)]
    answers: Annotated[Sequence[AnswerBody], Field(max_length=100)] = ()
    mode: AnswerMode | None = None


class ScenarioQuery(Strict):
    """Which scenario."""

    key: Name


class CheckBody(Strict):
    """A scenario that is being written."""

    scenario: ScenarioBody


class SaveBody(Strict):
    """A scenario in the place of the one that was read as `before`; null: it is new."""

    scenario: ScenarioBody
    before: Mark | None
    key: Key


class RemoveBody(Strict):
    """A scenario that is to go, as it was read."""

    scenario: Name
    before: Mark
    key: Key


class OrderBody(Strict):
    """All keys of scenarios, in the order in which they shall stand."""

    keys: Annotated[Sequence[Name], Field(max_length=1000)]
    key: Key


class TryBody(Strict):
    """A message to try. `changed`: a scenario as it would be."""

    text: Annotated[Text, StringConstraints(max_length=4096), AfterValidator(with_words)]
    language: Code
    changed: ScenarioBody | None = None


class TeachBody(Strict):
    """What a message is that was tried.

    `place`: a question of an answer that there is; `answer`: of a new one with this text; `foreign`: not for this
    business.
    """

    text: Annotated[Text, StringConstraints(max_length=4096), AfterValidator(with_words)]
    language: Code
    to: Literal["place", "answer", "foreign"]
    scenario: Name | None = None
    answer: Name | None = None
    html: Annotated[Text, StringConstraints(max_length=20_000)] = ""


class FactQuery(Strict):
    """Which fact."""

    key: Name


class FactBody(Strict):
    """A value in one language, or in all (`*`); null takes it away. `before`: the number of the one that was read."""

    fact: Name
    language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2}|\*)$")]
    value: Annotated[Text, StringConstraints(max_length=5000)] | None
    before: int | None
    key: Key


class CannedBody(Strict):
    """A reply of the team; `instead_of`: the one whose place it takes."""

    title: Annotated[Text, StringConstraints(max_length=200), AfterValidator(with_words)]
    text: Annotated[Words, AfterValidator(with_words)]
    instead_of: Row | None = None
    key: Key


class CannedPlaceBody(Strict):
    """Whether a reply stands on the list."""

    listed: bool
    key: Key
