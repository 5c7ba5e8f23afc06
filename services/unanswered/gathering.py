"""Gathers what the bot could not answer, apart from the way of messages, and groups it by meaning.

A group keeps its number as questions come and go. New questions join it or begin another; two groups become one only
where their middles have grown very close, and then the older one stays, unless just the younger one was decided on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final

import structlog

from services.classify.local.encoder import Encoder
from services.classify.masking.masking import mask
from services.classify.masking.names import hide_names
from services.texts.foreign import foreign
from services.unanswered.groups import PlacedGroup, assign, one_meaning, typical
from services.unanswered.meanings import SPACES, Rows, Space, middle, packed, reckon, unpacked
from storage.question_groups import Centre
from storage.store import Store
from storage.unanswered import NewQuestion, Question
from storage.units import Unit

log = structlog.get_logger()
AT_ONCE: Final = 50
"""Questions of one step: the encoder takes two milliseconds for each."""
GROUPS_MOST: Final = 2000
"""Groups that a question is compared with, the newest: two megabytes of numbers."""
MEMBERS_MOST: Final = 300
"""Questions that a middle is reckoned of, the newest."""
BREATH_S: Final = 0.05
TEXT_MOST: Final = 1000


class Gathering:
    """Looks for questions that are in no group yet."""

    def __init__(self, *, store: Store, encoder: Encoder | None) -> None:
        self._store = store
        self._encoder = encoder

    async def look(self) -> int:
        """Group all that is new; return how much."""
        grouped = 0
        while True:
            count = await self._step()
            grouped += count
            if count < AT_ONCE:
                break
            await asyncio.sleep(BREATH_S)
        await self._tidy()
        return grouped

    async def _step(self) -> int:
        found = await self._store.read(lambda unit: unit.unanswered.fresh(most=AT_ONCE))
        if not found:
            return 0
        texts = [_masked(one) for one in found]
        space, rows = await asyncio.to_thread(reckon, texts, self._encoder)
        await self._reckon_others(space)
        await self._tidy()  # the groups are compared by how their questions are reckoned now

        def act(unit: Unit) -> int:
            unit.unanswered.hold()
            waiting = {one.id for one in unit.unanswered.fresh(most=AT_ONCE, only=[one.id for one in found])}
            new = [place for place, one in enumerate(found) if one.id in waiting]
            centres = [one for one in unit.question_groups.centres(most=GROUPS_MOST) if one.space == space.name]
            for group in assign(rows[new], _lying(centres), space):
                group_id = group.group_id or unit.question_groups.add(packed(group.centre), space=space.name)
                for place in (new[one] for one in group.joined):
                    one = found[place]
                    unit.unanswered.group(
                        one.id,
                        group_id,
                        language=foreign(one.text) or one.language,
                        text=texts[place],
                        space=space.name,
                        vector=packed(rows[place]),
                    )
            return len(new)

        count = await self._store.write(act)
        log.info("unanswered.gathered", questions=count, by=space.name)
        return len(found)

    async def _reckon_others(self, space: Space) -> None:
        """Reckon anew what was reckoned in another way: the encoder came or went. Groups stay as they are."""
        while True:
            others = await self._store.read(lambda unit: unit.unanswered.in_other_spaces(space.name, most=AT_ONCE))
            if not others:
                return
            now, rows = await asyncio.to_thread(reckon, [one.text for one in others], self._encoder)
            if now != space:
                return

            def act(unit: Unit, others: Sequence[Question] = others, rows: Rows = rows) -> None:
                for one, row in zip(others, rows, strict=True):
                    unit.unanswered.reckoned(one.id, packed(row), space=space.name)

            await self._store.write(act)

    async def _tidy(self) -> None:
        """Let groups lie where their questions are now, and forget those that have none."""
        before: list[int] = []
        while True:
            moved = await self._store.read(lambda unit: unit.question_groups.moved(most=AT_ONCE))
            if moved in ([], before):  # what could not be put right is tried at the next look
                return
            await self._store.write(partial(_tidied, moved=moved))
            before = moved


def _tidied(unit: Unit, moved: Sequence[int]) -> None:
    unit.unanswered.hold()
    spaces = set()
    for group_id in moved:
        members = unit.unanswered.members(group_id, most=MEMBERS_MOST)
        if not members:
            unit.question_groups.remove(group_id)
            continue
        space = SPACES[members[0].space]
        like = [one for one in reversed(members) if one.space == space.name]
        rows = unpacked([one.vector for one in like])
        unit.question_groups.place(
            group_id,
            packed(middle(rows)),
            space=space.name,
            size=unit.unanswered.count_of(group_id),
            typical_id=like[typical(rows)].id,
        )
        spaces.add(space)
    for space in spaces:
        _merge(unit, space)


def _merge(unit: Unit, space: Space) -> None:
    """Let two groups be one where they have come to mean the same; what was decided of one holds for both."""
    centres = [one for one in unit.question_groups.centres(most=GROUPS_MOST) if one.space == space.name]
    if not centres:
        return
    decided = [one.state != "open" for one in centres]
    pair = one_meaning(unpacked([one.vector for one in centres]), decided, space)
    if pair is None:
        return
    older, younger = sorted((centres[place] for place in pair), key=lambda one: (one.state == "open", one.group_id))
    unit.unanswered.merge(younger.group_id, older.group_id)
    unit.question_groups.remove(younger.group_id)
    log.info("unanswered.merged", group=younger.group_id, into=older.group_id)


def _masked(one: NewQuestion) -> str:
    return hide_names(mask(one.text[:TEXT_MOST]), names=(one.first_name, one.last_name))


def _lying(centres: Sequence[Centre]) -> list[PlacedGroup]:
    if not centres:
        return []
    rows = unpacked([one.vector for one in centres])
    return [PlacedGroup(centre=row, group_id=one.group_id) for one, row in zip(centres, rows, strict=True)]
