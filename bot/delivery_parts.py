"""What everything that goes out is sent with: one of each, whichever group or person it is for."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property

from handlers.telegram.courier import Courier
from services.delivery.call_book import CallBook
from services.delivery.generated_files import Make
from services.delivery.group_budget import Budget
from services.delivery.operator_groups import Groups
from services.delivery.outages import Outages
from services.delivery.repeats import Repeats
from services.delivery.topic_icons import TopicIcons
from services.desk.menus import Menus
from services.desk.page_links import PageLinks
from services.queues.alerts import Alerts
from services.queues.lanes_at_work import LanesAtWork
from services.queues.troubles import Troubles
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.store import Store


class DeliveryParts:
    """The parts that all ways out share."""

    def __init__(
        self,
        *,
        store: Store,
        courier: Courier,
        budget: Budget,
        groups: Groups,
        alerts: Alerts,
        troubles: Troubles,
        knowledge: Knowledge,
        menus: Menus,
        team: Team,
        makers: Mapping[str, Make],
        desk_wanted: bool,
        icons_wanted: bool,
        links: PageLinks,
    ) -> None:
        """`makers`: of files, by the names that effects know them by; `desk_wanted`: whether a message is pinned.

        `icons_wanted`: whether topics tell of the state of their tickets.
        """
        self.store = store
        self.courier = courier
        self.budget = budget
        self.groups = groups
        self.alerts = alerts
        self.troubles = troubles
        self.knowledge = knowledge
        self.menus = menus
        self.makers = makers
        self.desk_wanted = desk_wanted
        self.icons_wanted = icons_wanted
        self.links = links
        self.team = team
        self.clock: Callable[[], float] = time.monotonic
        self.at_work = LanesAtWork()

    @cached_property
    def outages(self) -> Outages:
        return Outages()

    @cached_property
    def book(self) -> CallBook:
        return CallBook(store=self.store)

    @cached_property
    def repeats(self) -> Repeats:
        return Repeats(outages=self.outages, takes_messages=self.courier.takes_messages)

    @cached_property
    def icons(self) -> TopicIcons:
        return TopicIcons(messenger=self.courier, wanted=self.icons_wanted)
