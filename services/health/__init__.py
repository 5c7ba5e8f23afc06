"""How the bot is: each part on its own, and what is wrong with it in words that name the fix."""
