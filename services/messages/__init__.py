"""The values that travel: what comes in, what will go out, what a button says. No state, no decisions."""
