"""Figures for the people who run the bot: statistics, metrics, and what admins ask for."""
