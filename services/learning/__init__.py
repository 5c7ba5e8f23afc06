"""What the bot learns from the work of people: labels, what they weigh, and how a new model takes over."""
