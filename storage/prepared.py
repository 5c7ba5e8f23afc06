"""Statements of the hot way, compiled once: SQLAlchemy stays the language, the driver runs the finished string.

To execute a statement the ordinary way costs five times what the driver needs for it: SQLAlchemy looks up its compiled
form, builds a context and a result around each. Here that is done once for each dialect and set of parameter names.
What a statement means, and how values are converted, is SQLAlchemy's own: `tests/storage/test_prepared.py` compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import Executable

T = TypeVar("T")
Convert = Callable[[Any], Any]
Parameters = Mapping[str, Any]


class _Form:
    """A statement as one dialect says it, with one set of parameter names."""

    def __init__(self, statement: Any, dialect: Dialect, names: Sequence[str]) -> None:
        compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(names))
        if compiled.positiontup is None or compiled.post_compile_params or compiled.literal_execute_params:
            raise TypeError("a statement whose text depends on its values cannot be prepared")
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError("a statement whose values SQLAlchemy makes cannot be prepared")
        self.source = compiled.string
        self._dialect = dialect
        self._compiled = compiled
        self._converts: list[Convert | None] | None = None
        to_driver: Mapping[str, Any] = compiled._bind_processors  # noqa: SLF001  # what SQLAlchemy itself would call
        fixed = compiled.construct_params(dict.fromkeys(names), _check=False)
        self._slots: list[tuple[str | None, Any]] = []
        """For each place its parameter and its conversion; or no parameter, and the value that always stands there."""
        for key in compiled.positiontup:
            name = _given_as(compiled, key)
            convert = to_driver.get(key)
            if name in names:
                self._slots.append((name, convert))
            else:
                self._slots.append((None, convert(fixed[key]) if convert else fixed[key]))

    def values(self, given: Parameters) -> list[Any]:
        return [
            more if name is None else given[name] if more is None else more(given[name]) for name, more in self._slots
        ]

    def converted(self, rows: Sequence[Sequence[Any]], cursor: DBAPICursor) -> list[Sequence[Any]]:
        """Turn the driver's values into those that the columns' types promise."""
        if not rows:
            return []
        converts = self._converts
        if converts is None:
            converts = self._converts = self._of_columns(cursor)
        if not self._conversions:
            return list(rows)
        found: list[Sequence[Any]] = []
        for row in rows:
            values = list(row)
            for place, convert in self._conversions:
                values[place] = convert(values[place])
            found.append(values)
        return found

    def _of_columns(self, cursor: DBAPICursor) -> list[Convert | None]:
        description = cursor.description or ()
        entries = self._compiled._result_columns  # noqa: SLF001  # the types of what is selected, in order
        if len(entries) != len(description):
            raise TypeError("the result has other columns than the statement says")
        return [
            entry.type._cached_result_processor(self._dialect, column[1])  # noqa: SLF001  # as SQLAlchemy's rows do
            for entry, column in zip(entries, description, strict=True)
        ]

    @cached_property
    def _conversions(self) -> list[tuple[int, Convert]]:
        return [(place, convert) for place, convert in enumerate(self._converts or ()) if convert is not None]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(entry.keyname for entry in self._compiled._result_columns)  # noqa: SLF001  # see above


def _given_as(compiled: SQLCompiler, key: str) -> str:
    """Return the name by which the caller gives a parameter; of a bound value, its own."""
    return str(compiled.binds[key].key)


class Prepared:
    """A statement that is run again and again. Its text must not depend on values: no expanding `IN`."""

    def __init__(self, statement: Executable) -> None:
        self._statement: Final = statement
        self._forms: dict[tuple[str, ...], _Form] = {}

    def run(self, connection: Connection, given: Parameters) -> int:
        """Execute, and return how many rows it changed."""
        form = self._form(connection, given)
        _, cursor = _execute(connection, form, form.values(given))
        return cursor.rowcount

    def each(self, connection: Connection, all_given: Sequence[Parameters]) -> None:
        """Execute once for each, all with the same names."""
        form = self._form(connection, all_given[0])
        if len(all_given) == 1:
            _execute(connection, form, form.values(all_given[0]))
        else:
            _execute(connection, form, [form.values(given) for given in all_given], many=True)

    def rows(self, connection: Connection, given: Parameters) -> list[Sequence[Any]]:
        """Return what it finds, values in the order of its columns."""
        return self._rows(connection, self._form(connection, given), given)

    def scalar(self, connection: Connection, given: Parameters) -> Any:
        """Return the first value of the first row, None where there is none."""
        found = self.rows(connection, given)
        return found[0][0] if found else None

    def records(self, connection: Connection, given: Parameters, of: Callable[..., T]) -> list[T]:
        """Return what it finds, each row as a value whose fields are named like the columns."""
        form = self._form(connection, given)
        names = form.names
        return [of(**dict(zip(names, row, strict=True))) for row in self._rows(connection, form, given)]

    def record(self, connection: Connection, given: Parameters, of: Callable[..., T]) -> T | None:
        """Return the only row it finds as such a value."""
        found = self.records(connection, given, of)
        return found[0] if found else None

    def _rows(self, connection: Connection, form: _Form, given: Parameters) -> list[Sequence[Any]]:
        return form.converted(*_execute(connection, form, form.values(given), fetch=True))

    def _form(self, connection: Connection, given: Iterable[str]) -> _Form:
        dialect = connection.dialect
        known = (dialect.name, *given)
        form = self._forms.get(known)
        if form is None:
            form = self._forms[known] = _Form(self._statement, dialect, known[1:])
        return form


def _execute(
    connection: Connection, form: _Form, values: Any, *, many: bool = False, fetch: bool = False
) -> tuple[Sequence[Sequence[Any]], DBAPICursor]:
    """Return what was fetched, and the driver's cursor; what it raises is told as SQLAlchemy tells it."""
    cursor = connection.connection.cursor()
    try:
        if many:
            cursor.executemany(form.source, values)
        else:
            cursor.execute(form.source, values)
        return cursor.fetchall() if fetch else (), cursor
    except Exception as error:
        connection._handle_dbapi_exception(error, form.source, None, cursor, None)  # noqa: SLF001  # without parameters
        raise
