"""The dashboard over HTTP: its page, and the JSON below `/api/desk` that the page uses and nothing else."""
