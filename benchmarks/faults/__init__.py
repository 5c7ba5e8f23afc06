"""What becomes of customers' messages when things break: each scenario counts them, and fails on one that is lost."""
