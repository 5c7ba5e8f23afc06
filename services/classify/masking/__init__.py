"""Hides what names a person before words leave for a model: numbers, addresses, documents, secrets."""
