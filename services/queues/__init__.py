"""Work that waits in the inbox and the outbox: taken in, claimed, retried, set aside.

It knows nothing of what the work is.
"""
