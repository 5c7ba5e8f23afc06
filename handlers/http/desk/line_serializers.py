"""From the lines that the services know to what the desk answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from handlers.http.desk import line_responses as responses
from services.dashboard.conversations import Lines, Message, StoredVerdict, words_of
from services.dashboard.media import MOST_BYTES
from services.desk.written import is_from_page
from services.messages.lengths import cut
from services.messages.shaped import shaped
from services.templates.variables import plain_words

ANSWERED_MOST: Final = 200
"""Characters of a line that another is a reply to."""


Retell = Callable[[StoredVerdict], str]
"""Says in the reader's language why a verdict was given."""


def lines(found: Lines, *, reader: int, retell: Retell) -> responses.Lines:
    """`reader`: the operator who asks."""
    return responses.Lines(lines=[_line(one, found, reader, retell) for one in found.lines], more=found.more)


def _line(one: Message, found: Lines, reader: int, retell: Retell) -> responses.Line:
    verdict, why = found.verdicts.get(one.id), found.why(one)
    return responses.Line(
        id=one.id,
        ticket_id=one.ticket_id,
        author=one.author,
        author_name=one.author_name,
        kind=one.kind,
        text=words_of(one.text, one.author, one.entities),
        words=_words(one.text, one.entities, ours=one.author == "bot"),
        told=one.told,
        created_at=one.created_at,
        edited_at=one.edited_at,
        gone_at=one.gone_at,
        earlier=[
            responses.EarlierWording(words=_words(was.text, was.entities, ours=False), until=was.changed_at)
            for was in found.earlier.get(one.id, ())
        ],
        scenario=one.scenario,
        answer=one.answer,
        feedback=None if one.feedback == "picked" else one.feedback,
        reaction=one.reaction,
        forwarded_from=one.forwarded_from,
        quoted=one.quoted,
        answered=_answered(one, found),
        album=one.album,
        file=_file(one, found),
        delivered=found.delivered(one),
        lost=found.lost(one),
        unsure=found.unsure(one),
        why=cut(why, ANSWERED_MOST) if why else None,
        again=found.again(one),
        mine=is_from_page(one, reader),
        verdict=_verdict(verdict, retell) if verdict else None,
    )


def _verdict(found: StoredVerdict, retell: Retell) -> responses.Verdict:
    return responses.Verdict.model_validate(found).model_copy(update={"reasoning": retell(found)})


def _words(text: str, entities: str | None, *, ours: bool) -> responses.Shaped:
    """Return a text with its formatting: our own answers are stored as HTML."""
    if ours:
        words, formatting = shaped(text)
        return responses.Shaped(text=words, entities=formatting)
    return responses.Shaped(text=text, entities=json.loads(entities or "[]"))


def _answered(one: Message, found: Lines) -> responses.Answered | None:
    other = found.answered.get(one.reply_to_id) if one.reply_to_id is not None else None
    if other is None:
        return None
    words = plain_words(words_of(other.text, other.author, other.entities), cap=ANSWERED_MOST)
    return responses.Answered(
        id=other.id, author=other.author, author_name=other.author_name, kind=other.kind, text=words or other.told or ""
    )


def _file(one: Message, found: Lines) -> responses.File | None:
    file = found.files.get(one.id)
    if file is None:
        return None
    return responses.File(
        name=file.name,
        mime=file.mime,
        size=file.size,
        seconds=file.seconds,
        thumb=file.thumb_id is not None,
        too_big=file.size is not None and file.size > MOST_BYTES,
    )
