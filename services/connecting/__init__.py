"""Who runs the bot, and where its operators sit, as people connect it in Telegram: admins and the operator group."""
