"""The memory: tables, units of work, lanes, migrations. Nobody above it sees SQL."""
