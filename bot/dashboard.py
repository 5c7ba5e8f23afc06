"""The parts of the dashboard, and which is given to which."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import cached_property
from typing import Protocol

from aiohttp import web

from bot.answers_page import answer_parts
from bot.desk import DeskParts
from bot.foundation import Foundation
from bot.overview import overview_parts
from bot.settings import Settings
from bot.setup import guide_of
from handlers.http.desk import operations
from handlers.http.desk.api_tokens import ApiTokenDesk
from handlers.http.desk.audit import Audit
from handlers.http.desk.changes import Changes
from handlers.http.desk.customer_actions import CustomerActions
from handlers.http.desk.customers import Customers
from handlers.http.desk.entering import Entering
from handlers.http.desk.events import Events
from handlers.http.desk.lines import LineActions
from handlers.http.desk.media import MediaRoutes
from handlers.http.desk.operations import Operation
from handlers.http.desk.page import PageRoutes
from handlers.http.desk.playground_sign_in import PlaygroundSignIn
from handlers.http.desk.replies import ReplyRoutes
from handlers.http.desk.search import Search
from handlers.http.desk.setup import SetupPage
from handlers.http.desk.tickets import Tickets
from handlers.http.desk.uploads import Uploads
from handlers.http.desk.verbs import Verbs
from handlers.http.desk.visits import Visits
from handlers.http.shutdown_gate import ShutdownGate
from handlers.telegram.downloads import Downloads
from services.dashboard.api_tokens import ApiTokens
from services.dashboard.audit_pages import AuditPages
from services.dashboard.authorization import Authorization
from services.dashboard.client_actions import ClientActions
from services.dashboard.clients import Clients
from services.dashboard.conversations import Conversations
from services.dashboard.entrance import Entrance
from services.dashboard.inbox import Inbox
from services.dashboard.live_updates import LiveUpdates
from services.dashboard.media import FileSource, Media
from services.dashboard.ready import ReadyTexts
from services.dashboard.remarks import Remarks
from services.dashboard.searches import Searches
from services.dashboard.sessions import Sessions
from services.delivery.administrators import Administrators
from services.delivery.messenger import Messenger
from services.delivery.operator_groups import Groups
from services.desk.page_links import PageLinks
from services.health.checks import Health
from services.scenarios.knowledge import Knowledge
from services.texts.team import Team
from storage.store import Store


class _Part(Protocol):
    def operations(self) -> Iterator[Operation]: ...


class Dashboard:
    """Made when it is first asked for, like everything else."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        messenger: Messenger,
        groups: Groups,
        admins: Administrators,
        desk: DeskParts,
        shutdown: ShutdownGate,
        knowledge: Knowledge,
        team: Team,
        secret_key: str,
        source: FileSource,
        name: Callable[[], str],
        set_up: Callable[[], Awaitable[bool]],
        more: tuple[_Part, ...] = (),
    ) -> None:
        """`name` of the business; `set_up`: whether it is; `more`: parts that are put together elsewhere."""
        self._name = name
        self._set_up = set_up
        self._settings = settings
        self._store = store
        self._desk = desk
        self._shutdown = shutdown
        self._knowledge = knowledge
        self._team = team
        self._secret_key = secret_key
        self._source = source
        self._more = more
        self.authorization = Authorization(store=store, messenger=messenger, groups=groups, admins=admins)
        self.links = PageLinks(settings.http.public_url)
        self.entrance = Entrance(store=store, team=team, public_url=settings.http.public_url)

    @cached_property
    def visits(self) -> Visits:
        token = self._settings.telegram.token
        sessions = Sessions(
            store=self._store,
            authorization=self.authorization,
            secret_key=self._secret_key,
            bot_token=token.get_secret_value() if token else "",
        )
        return Visits(
            sessions=sessions, tokens=self.tokens, secure=(self._settings.http.public_url or "").startswith("https://")
        )

    @cached_property
    def tokens(self) -> ApiTokens:
        return ApiTokens(store=self._store)

    def operations(self) -> Iterator[Operation]:
        """Yield all that can be asked of the desk."""
        for part in self._parts:
            yield from part.operations()

    def add_to(self, app: web.Application) -> None:
        operations.add(app, self.operations())
        self._events.add_to(app)
        PageRoutes().add_to(app)
        if self._settings.playground.insight:
            PlaygroundSignIn(visits=self.visits).add_to(app)

    @cached_property
    def _parts(self) -> tuple[_Part, ...]:
        tickets = Tickets(
            inbox=Inbox(store=self._store),
            conversations=Conversations(store=self._store, menus=self._desk.menus),
            ready=ReadyTexts(store=self._store, ready=self._desk.ready),
            knowledge=self._knowledge,
            team=self._team,
        )
        remarks = Remarks(store=self._store)
        changes = Changes(shutdown=self._shutdown)
        replies = ReplyRoutes(lines=self._desk.written, remarks=remarks, changes=changes)
        files = Uploads(posting=self._desk.posting, changes=changes)
        lines = LineActions(
            choices=self._desk.line_choices,
            own=self._desk.own_lines,
            reactions=self._desk.reactions,
            changes=changes,
            team=self._team,
        )
        verbs = Verbs(desk=self._desk.desk, changes=changes, team=self._team)
        entering = Entering(visits=self.visits, app_name=self._name, set_up=self._set_up, team=self._team)
        media = MediaRoutes(media=self.media)
        customers = Customers(clients=Clients(store=self._store))
        customer_actions = CustomerActions(actions=ClientActions(store=self._store), changes=changes, team=self._team)
        audit = Audit(pages=AuditPages(store=self._store), team=self._team)
        search = Search(searches=Searches(store=self._store))
        tokens = ApiTokenDesk(tokens=self.tokens)
        return (
            entering,
            tickets,
            media,
            replies,
            files,
            lines,
            verbs,
            customers,
            customer_actions,
            audit,
            search,
            tokens,
            *self._more,
            self._events,
        )

    @cached_property
    def _events(self) -> Events:
        return Events(live_updates=self.live_updates, visits=self.visits)

    @cached_property
    def live_updates(self) -> LiveUpdates:
        return LiveUpdates(store=self._store)

    @cached_property
    def media(self) -> Media:
        return Media(store=self._store, source=self._source)


def dashboard_of(parts: Foundation, health: Health) -> Dashboard:
    """Return the dashboard of a process."""
    guide = guide_of(parts)
    return Dashboard(
        settings=parts.settings,
        store=parts.store,
        messenger=parts.courier,
        groups=parts.groups,
        admins=parts.admins,
        desk=parts.desk,
        shutdown=parts.shutdown,
        knowledge=parts.knowledge,
        team=parts.team,
        secret_key=parts.secret_key,
        source=Downloads(bot=parts.bot),
        name=lambda: parts.answers.service,
        set_up=guide.complete,
        more=(*answer_parts(parts), *overview_parts(parts, health), SetupPage(guide=guide, shutdown=parts.shutdown)),
    )
