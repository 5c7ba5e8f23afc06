"""What is known of who writes on a site beside their words: the page, and an address that they have left."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage.queue_statements import INSERTS
from storage.tables import site_visitors


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVisitor:
    """The newest of it; empty where nothing was told."""

    page_url: str = ""
    page_title: str = ""
    email: str = ""


class SiteVisitors:
    """By the customers that they are."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def get(self, customer_id: int) -> SiteVisitor | None:
        columns = [site_visitors.c[name] for name in SiteVisitor.__slots__]
        found = self._connection.execute(select(*columns).where(site_visitors.c.customer_id == customer_id))
        row = found.mappings().one_or_none()
        return SiteVisitor(**row) if row else None

    def seen(self, customer_id: int, told: SiteVisitor) -> None:
        """Note what a visitor tells now; what they leave out stays as they have told it before."""
        values = {name: value for name, value in asdict(told).items() if value} | {"seen_at": self._now}
        new = INSERTS[self._connection.dialect.name](site_visitors).values(
            customer_id=customer_id, **(asdict(told) | values)
        )
        self._connection.execute(new.on_conflict_do_update(index_elements=["customer_id"], set_=values))
