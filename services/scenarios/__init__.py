"""What the bot can answer: the pack in the database, the files it comes from, and the words of an answer."""
