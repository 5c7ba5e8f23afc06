"""Who writes now, behind a backlog that has piled up while the bot was away."""
