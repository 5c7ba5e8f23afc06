"""Telegram at the edge: what comes in and what goes out, and no decision in between."""
