"""What a message is about: a verdict of the local engine, of a model, or of both; and how urgent it is."""
