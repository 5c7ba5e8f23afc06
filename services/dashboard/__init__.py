"""The desk as a page: who may come in, what is there to see, and what is done from it."""
