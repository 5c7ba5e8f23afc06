"""What the bot does, in rooms: each imports only from those named above it.

templates   the language of answers: checked, rendered, tried
texts       what the bot itself says, in each language
classify    what a message is about, and how urgent
scenarios   what the bot can answer: packs, knowledge, words
messages    the values that travel: what comes in, what will go out, what a button says
queues      work that waits: taken in, claimed, retried, set aside
desk        what operators see and do
delivery    carries effects out to the messenger
customers   what happens to what a customer writes or presses
api         what a program of the business may do in a customer's name
editing     admins change answers in Telegram
unanswered  what is asked and not answered, and answers made of what operators wrote
evaluation  how good the classifier is on messages with labels
health      how the bot is
reports     figures for those who run it
privacy     what is kept of people, and how it goes
"""
