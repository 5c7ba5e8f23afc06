"""What the bot does, in rooms: each imports only from those named above it.

templates      the language of answers: checked before it is stored, rendered for a customer
texts          what the bot itself says, in each language
working_hours  when the team works: read from what an owner types, written in words, reckoned with
classify       what a message is about, and how urgent
learning       what the bot learns from people's work: labels, what they weigh, versions of what was learned
scenarios      what the bot can answer: packs, knowledge, words
faq            an owner's questions and answers: read from a file of theirs, made into answers of the bot
messages       the values that travel: what comes in, what will go out, what a button says
queues         work that waits: taken in, claimed, retried, set aside
desk           what operators see and do
delivery       carries effects out to the messenger
connecting     admins and the operator group, as people connect them in Telegram
finding        what the team looks up: open tickets, a customer, a conversation
customers      what happens to what a customer writes or presses
api            what a program of the business may do in a customer's name, and a visitor of its site
editing        admins change answers in Telegram
unanswered     what is asked and not answered, and answers made of what operators wrote
evaluation     how good the classifier is on messages with labels
autopilot      how right each answer has been, and who is to give it from now on
health         how the bot is
reports        figures for those who run it
privacy        what is kept of people, and how it goes
dashboard      the desk as a page: who may come in, what is there to see, what is new
setup          an owner's first steps: name, languages, answers, facts, a try
"""
