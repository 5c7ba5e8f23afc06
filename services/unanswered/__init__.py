"""What is asked and not answered, grouped by meaning, and answers made of what operators wrote."""
