"""What it costs to find the next work: it must not grow with what waits."""
