"""What may change of a row or a value is named by its type; the names are those of the row."""

from __future__ import annotations

from typing import Final, get_type_hints

import pytest
from sqlalchemy import Table

from services.setup.state import Setup, SetupChanges
from storage import changes, tables
from storage.setup_pairs import NewPair, PairChanges

ROWS: Final = [
    (changes.MessageChanges, tables.messages),
    (changes.TicketChanges, tables.tickets),
    (changes.CustomerChanges, tables.customers),
    (NewPair, tables.setup_pairs),
    (PairChanges, tables.setup_pairs),
]


@pytest.mark.parametrize(("names", "table"), ROWS, ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_may_change_is_a_column(names: type, table: Table) -> None:
    assert get_type_hints(names).keys() - table.columns.keys() == set()


def test_what_may_change_of_the_set_up_is_all_of_it_but_how_often_and_when() -> None:
    whole = get_type_hints(Setup)
    assert get_type_hints(SetupChanges) == {
        name: type_ for name, type_ in whole.items() if name in SetupChanges.__annotations__
    }
    assert whole.keys() - get_type_hints(SetupChanges).keys() == {"touched_at", "changes"}
