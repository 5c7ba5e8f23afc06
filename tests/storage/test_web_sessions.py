"""Sessions of the dashboard: one that has ended stays ended."""

from __future__ import annotations

from datetime import timedelta

from storage.store import Store
from storage.units import Unit


async def test_a_session_that_ended_while_it_was_looked_up_is_not_prolonged(store: Store) -> None:
    def begin(unit: Unit) -> None:
        for digest, lasts in (("ended", -1), ("lasting", 1)):
            until = unit.now + timedelta(hours=lasts)
            unit.web_sessions.open(
                digest, operator_id=501, operator_name="Мария", entrance="link", device="", until=until
            )

    def use(unit: Unit) -> None:
        for number in (1, 2):
            unit.web_sessions.saw(number, until=unit.now + timedelta(days=14))

    await store.write(begin)
    await store.write(use)
    ended, lasting = await store.read(lambda unit: [unit.web_sessions.find(one) for one in ("ended", "lasting")])
    assert ended is None
    assert lasting is not None
    assert lasting.id == 2
