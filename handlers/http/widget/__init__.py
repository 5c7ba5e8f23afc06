"""The chat of a site: a script for its pages, and what that asks for in its visitors' names."""
