"""What operators see and do: cards, replies, notes, reminders. It acts on tickets; customers read the result."""
