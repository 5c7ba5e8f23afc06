"""What is kept of people, and how it goes: on request, and with time."""
