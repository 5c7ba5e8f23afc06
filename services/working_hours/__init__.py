"""When the team works: read from what an owner types, written in each language, and reckoned with."""
