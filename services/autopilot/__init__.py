"""Trust that is earned: how right each answer has been, and who is to give it from now on."""
