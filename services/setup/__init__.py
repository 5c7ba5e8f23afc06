"""The first steps of an owner: name, languages, answers, facts, a try. One dialog, in Telegram and on the page."""
