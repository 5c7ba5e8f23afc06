"""Every setting, its default and its one comment. `config.toml` is written from this page (`document.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import (
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
)

from bot.settings.business import Business
from bot.settings.kinds import (
    AnyCase,
    BotToken,
    DatabaseUrl,
    HeaderSecret,
    SecretKey,
    Share,
    Text,
    Url,
    UserIds,
    WebhookSecret,
    WebhookUrl,
    Zone,
)
from bot.settings.operators import Operators
from bot.settings.section import Section
from bot.settings.web import Http, Playground, Widget
from storage.closed_sets import AnswerMode, SpokenLanguage


class App(Section):
    name: Text = Field(default="AI Customer Support", description="shown in /health")
    language: SpokenLanguage = Field(default="ru", description="ru or en, for customers whose language is not known")
    fallback_language: SpokenLanguage = Field(
        default="en", description="ru or en, for customers whose language your answers do not have"
    )
    timezone: Zone = Field(default="Europe/Moscow", description="the team's time zone")
    secret_key: SecretKey | None = Field(
        default=None, description="signs the dashboard's sessions; made and kept if not given"
    )


class Service(Section):
    name: str = Field(default="", description="what answers call your service; empty: app.name")
    working_hours: str = Field(
        default="",
        description="your hours, such as Mo-Fr 9:00-18:00; Sa 10-15, where the fact hours has no value; empty: always",
    )


class Telegram(Section):
    token: BotToken | None = Field(default=None, description="from @BotFather; without it `run` is the playground")
    api_url: Url = Field(
        default="https://api.telegram.org", description="any Bot API server, for one that you host yourself"
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling", description="polling needs no public address; or webhook"
    )
    long_poll_s: Annotated[int, Field(ge=0, le=50)] = Field(default=25, description="seconds one poll waits, 0 to 50")
    webhook_url: WebhookUrl | None = Field(
        default=None, description="public https address for webhook mode", examples=["https://bot.example.org"]
    )
    webhook_secret: WebhookSecret | None = Field(default=None, description="made and kept if not given")
    admin_ids: UserIds = Field(default=(), description="admins beside those made in Telegram: user ids, such as [42]")
    group_admins: bool = Field(default=False, description="administrators of the operator groups are admins too")


class Database(Section):
    url: DatabaseUrl = Field(
        default=SecretStr("sqlite+aiosqlite:///data/support.db"),
        description="or postgresql+asyncpg://…; with a password: in DATABASE_URL",
    )
    pool_size: PositiveInt = Field(default=20, description="PostgreSQL connections kept open")
    max_overflow: NonNegativeInt = Field(default=10, description="PostgreSQL connections on top of these under load")

    @property
    def shown(self) -> str:
        """The address for people: without the password."""
        url = self.url.get_secret_value()
        userinfo, at, _ = urlsplit(url).netloc.rpartition("@")
        return url.replace(userinfo + at, userinfo.partition(":")[0] + at, 1) if at else url


class OpenAI(Section):
    api_key: HeaderSecret | None = Field(default=None, description="without one the local classifier works alone")
    base_url: Url = Field(default="https://api.openai.com/v1", description="any OpenAI-compatible server")
    model: Text = Field(default="gpt-4o-mini", description="which model classifies")
    timeout_s: PositiveFloat = Field(
        default=8.0,
        description="seconds until the local verdict stands; in a crowd a turn is waited for before, up to 25 s",
    )
    max_concurrency: PositiveInt = Field(default=64, description="calls at the same time")
    mask: bool = Field(default=True, description="hide phones, cards, e-mails and the like before anything leaves")
    daily_budget_usd: NonNegativeFloat | None = Field(
        default=None, description="spent in a day at most; unset: no limit", examples=[5.0]
    )
    price_in: NonNegativeFloat | None = Field(
        default=None,
        description="US dollars for a million tokens sent, where your server's price is another than OpenAI's; 0: free",
        examples=[0.15],
    )
    price_out: NonNegativeFloat | None = Field(
        default=None,
        description="the same for a million tokens answered; unset, both: the built-in table of OpenAI's models",
        examples=[0.6],
    )


class Classifier(Section):
    mode: Literal["auto", "local", "llm", "cascade"] = Field(
        default="auto", description="auto (cascade when there is a key, else local), local, llm or cascade"
    )
    answer_at: Share = Field(default=0.775, description="confidence from which the bot answers by itself")
    trust_at: Share = Field(
        default=0.90, description="beside a model: from here the built-in engine decides alone; at least answer_at"
    )
    clarify_at: Share = Field(default=0.45, description='from here it asks "did you mean"; below, a person answers')
    pause_s: NonNegativeFloat = Field(
        default=1.5, description="seconds a short line waits for the next: lines in a row are one question; 0: never"
    )
    audit_share: Share = Field(
        default=0.05, description="share of the sure verdicts that the model checks too, to keep the figures honest"
    )

    @property
    def pause(self) -> timedelta:
        return timedelta(seconds=self.pause_s)


class Autopilot(Section):
    start: AnswerMode = Field(
        default="auto",
        description="what new answers begin with: auto (the bot sends), suggest (operators send), off (people write)",
    )
    moves_threshold: bool = Field(
        default=True, description="answer_at moves, .65 to .95, by how right the built-in engine has been here"
    )


class Scenarios(Section):
    path: Path = Field(default=Path("scenarios"), description="the folder that seeds an empty database")


class Limits(Section):
    customer_per_minute: PositiveInt = Field(default=20, description="more is stored, but not answered one by one")
    late_after_min: PositiveInt = Field(
        default=60, description="minutes after which an answer begins with a word about the delay"
    )

    @property
    def late_after(self) -> timedelta:
        return timedelta(minutes=self.late_after_min)


class Retention(Section):
    payload_days: PositiveInt = Field(
        default=7, description="after so many days what came in and went out is taken out of the queues"
    )
    audit_days: PositiveInt = Field(
        default=365, description="after so many days it is forgotten who of the team did what"
    )
    message_days: PositiveInt | None = Field(
        default=None,
        description="after so many days conversations are deleted, but for open tickets; unset: never",
        examples=[365],
    )


class Logging(Section):
    level: Annotated[Literal["debug", "info", "warning", "error"], AnyCase] = Field(
        default="info", description="debug, info, warning or error; customers' words appear at debug only"
    )
    format: Annotated[Literal["auto", "console", "json"], AnyCase] = Field(
        default="auto", description="auto (console on a terminal, else json), console or json"
    )


class Settings(Section):
    app: App = App()
    service: Service = Service()
    telegram: Telegram = Telegram()
    operators: Operators = Operators()
    business: Business = Business()
    database: Database = Database()
    openai: OpenAI = OpenAI()
    classifier: Classifier = Classifier()
    http: Http = Http()
    widget: Widget = Widget()
    playground: Playground = Playground()
    autopilot: Autopilot = Autopilot()
    scenarios: Scenarios = Scenarios()
    limits: Limits = Limits()
    retention: Retention = Retention()
    logging: Logging = Logging()

    @property
    def service_name(self) -> str:
        return self.service.name or self.app.name

    @property
    def facts(self) -> Mapping[str, str]:
        """Return the facts of the business that settings tell, where the database has none."""
        return {"hours": self.service.working_hours}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen, for the log's redaction."""
        return tuple(dict.fromkeys(_secrets(self)))


def _secrets(settings: Settings) -> Iterator[str]:
    optional = (
        settings.app.secret_key,
        settings.telegram.token,
        settings.telegram.webhook_secret,
        settings.openai.api_key,
        settings.http.api_token,
    )
    yield from (secret.get_secret_value() for secret in optional if secret is not None)
    password = urlsplit(settings.database.url.get_secret_value()).password
    if password:
        yield from (password, unquote(password))


SECRETS = frozenset({"app.secret_key", "telegram.token", "telegram.webhook_secret", "openai.api_key", "http.api_token"})
"""Refused in config.toml; a test compares the list with the types above."""
