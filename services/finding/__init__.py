"""What the team looks up: open tickets, a customer, a conversation. It reads, and shows pages that turn themselves."""
