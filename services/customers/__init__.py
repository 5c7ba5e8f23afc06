"""What happens to what a customer writes or presses: look, think, act. One use case each."""
