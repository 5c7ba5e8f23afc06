"""What a program of the business does in a customer's name, and what it may read."""
