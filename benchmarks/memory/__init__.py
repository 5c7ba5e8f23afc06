"""Whether the bot's memory goes on growing: an hour of a business at 20 messages a second."""
