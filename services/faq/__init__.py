"""An owner's questions and answers: read from a file of theirs, found in it, and made into answers of the bot."""
