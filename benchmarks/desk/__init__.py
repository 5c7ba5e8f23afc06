"""How fast the dashboard reads a desk with ten thousand open tickets."""
