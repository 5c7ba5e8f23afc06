"""How much the bot carries: messages a second and CPU a message beside a bare aiogram bot, and the price of a claim."""
