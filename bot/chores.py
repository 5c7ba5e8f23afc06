"""What is done again and again while the bot runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.learning import learner_of
from bot.lookups import statistics_of
from bot.menu import Menu
from bot.wiring import Parts
from services.autopilot.watch import Watch
from services.customers.giving_back import GivingBack
from services.finding.indexing import Indexing
from services.reports.weekly import Weekly
from services.unanswered.catching_up import CatchingUp
from services.unanswered.gathering import Gathering
from services.unanswered.offering import Offering

WATCH_S: Final = 0.5
"""How often a process looks whether its database file still stands there, and what becomes of its troubles."""
TIDY_S: Final = 3600.0
"""How often what need not be kept any longer is looked for."""
TIDY_FIRST_S: Final = 5.0
"""After the start, with the first messages out of the way."""
KNOW_S: Final = 3.0
"""How often a process looks whether the scenarios have changed."""
DIGEST_S: Final = 1.0
"""How often the list of tickets without a card is looked after."""
AROUND_S: Final = 10.0
"""How often a process looks what the other replicas do."""
WAKE_S: Final = 10.0
"""How often tickets that are due are looked for."""
COUNT_S: Final = 10.0
"""How often a process looks what the others have spent on the model."""
DESK_S: Final = 3.0
"""How often a process looks whether the desk message is true."""
ICONS_S: Final = 5.0
"""How often a process looks whether the icons of topics are true."""
PRESENT_S: Final = 1.0
"""How soon a process knows of an admin or a group that another has taken in."""
INDEX_S: Final = 5.0
"""How soon what was written can be found."""
TRUST_S: Final = 60.0
"""How soon the bot asks for an answer that is proven, or gives back one that fails."""
FIRST_LOOK_S: Final = 2.0
"""How soon after the start it answers from the confidence that its record allows."""
GIVE_BACK_S: Final = 5.0
"""How soon the bot takes up a conversation that the owner of an account or a channel has left."""
GATHER_S: Final = 10.0
"""How soon a question that was not answered is among those of its meaning."""
LEARN_S: Final = 30.0
"""How often a process looks whether there are labels to learn from."""
LESSONS_S: Final = 5.0
"""How soon after a reply the bot asks whether it may learn from it."""
WEEKLY_S: Final = 60.0
"""How often a process looks whether a week is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """What is done again and again."""

    name: str
    every_s: float
    run: Callable[[], Awaitable[object]]
    first_s: float | None = None
    """How soon after the start, where that is not its pace."""


def chores(parts: Parts) -> list[Chore]:
    """Return what is looked after while the bot runs, each at its own pace."""
    weekly = Weekly(store=parts.store, statistics=statistics_of(parts), team=parts.team)
    menu = Menu(parts.bot, parts.settings, parts.team, parts.groups)
    offering = Offering(store=parts.store, knowledge=parts.knowledge)
    catching_up = CatchingUp(store=parts.store, knowledge=parts.knowledge)
    gathering = Gathering(store=parts.store, encoder=parts.engines.encoder)
    watch = Watch(store=parts.store, scenarios=lambda: parts.knowledge.scenarios, team=parts.team)
    return [
        Chore(name="alarm clock", every_s=WAKE_S, run=parts.alarm_clock.look),
        Chore(name="around", every_s=AROUND_S, run=parts.outbound.look_around),
        Chore(name="autopilot", every_s=TRUST_S, run=watch.look),
        Chore(name="catching up", every_s=GATHER_S, run=catching_up.look),
        Chore(name="count", every_s=COUNT_S, run=parts.engines.count),
        Chore(name="desk message", every_s=DESK_S, run=parts.outbound.show_desks),
        Chore(name="digest", every_s=DIGEST_S, run=parts.outbound.list_tickets),
        Chore(name="knowledge", every_s=KNOW_S, run=parts.knowledge.refresh),
        Chore(name="giving back", every_s=GIVE_BACK_S, run=GivingBack(store=parts.store).look),
        Chore(name="icons", every_s=ICONS_S, run=parts.outbound.show_icons),
        Chore(name="lessons", every_s=LESSONS_S, run=offering.look),
        Chore(name="menu", every_s=PRESENT_S, run=menu.look),
        Chore(name="team", every_s=PRESENT_S, run=parts.connecting.team_refresh.look),
        Chore(name="gathering", every_s=GATHER_S, run=gathering.look),
        Chore(name="index", every_s=INDEX_S, run=Indexing(store=parts.store).look),
        Chore(name="learner", every_s=LEARN_S, run=learner_of(parts).look),
        Chore(name="retention", every_s=TIDY_S, run=parts.retention.tidy, first_s=TIDY_FIRST_S),
        Chore(name="threshold", every_s=TRUST_S, run=parts.policies.look, first_s=FIRST_LOOK_S),
        Chore(name="watch", every_s=WATCH_S, run=parts.store.watch.look),
        Chore(name="weekly", every_s=WEEKLY_S, run=weekly.look),
    ]
