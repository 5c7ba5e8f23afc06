"""Carries effects out to the messenger: how fast, in which order, and what becomes of a call that fails."""
