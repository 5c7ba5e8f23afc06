"""What grows with the database: CPU a message, the start, a bot that has nothing to do."""
