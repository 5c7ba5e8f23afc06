"""What a customer does in their private chat."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, MessageReactionUpdated, User

from handlers.telegram.commands import ALONE, beside
from handlers.telegram.filters import FROM_CUSTOMER, PRIVATE, at_once
from handlers.telegram.kinds import said_by_nobody
from handlers.telegram.toasts import show
from handlers.telegram.translate import customer_message, person, reaction, topic_of
from services.customers.commands import Commands
from services.customers.edits import Corrections
from services.customers.feedback import Feedback
from services.customers.reachability import Reachability
from services.customers.reception import Reception
from services.customers.satisfaction import Satisfaction
from services.desk.reactions import Reactions
from services.messages.callbacks import OnAnswer, OnChoice, OnGuess, OnLanguage, decode
from services.messages.incoming import Cause, Person
from services.messages.rating_presses import OnRating
from services.texts import label, text_key
from services.texts.keys import ToastKey


async def start(message: Message, event_from_user: User, cause: Cause, commands: Commands) -> None:
    await commands.say("start", beside(customer_message(cause, message, event_from_user)))


async def help_(message: Message, event_from_user: User, cause: Cause, commands: Commands) -> None:
    await commands.say("help", beside(customer_message(cause, message, event_from_user)))


async def privacy(message: Message, event_from_user: User, cause: Cause, commands: Commands) -> None:
    await commands.say("privacy", beside(customer_message(cause, message, event_from_user)))


async def language(message: Message, event_from_user: User, cause: Cause, commands: Commands) -> None:
    await commands.say("language", beside(customer_message(cause, message, event_from_user)))


async def unknown(message: Message, event_from_user: User, cause: Cause, commands: Commands) -> None:
    await commands.guess(replace(customer_message(cause, message, event_from_user), kind="command"))


async def service(message: Message) -> None:
    """Nobody said it: nothing to answer."""


async def anything(message: Message, event_from_user: User, cause: Cause, reception: Reception) -> None:
    await reception.receive(beside(customer_message(cause, message, event_from_user)))


async def edited(edited_message: Message, event_from_user: User, cause: Cause, corrections: Corrections) -> None:
    await corrections.receive(beside(customer_message(cause, edited_message, event_from_user)))


async def pressed(query: CallbackQuery, cause: Cause, feedback: Feedback, satisfaction: Satisfaction) -> None:
    await press(query, cause, person(query.from_user, topic_of(query.message)), feedback, satisfaction)


async def press(
    query: CallbackQuery, cause: Cause, who: Person, feedback: Feedback, satisfaction: Satisfaction
) -> None:
    """Take in a press on a button that a customer was given."""
    toast: ToastKey | None = "outdated"
    match decode(query.data or ""):
        case OnAnswer() as pressed_on:
            toast = await feedback.answer(cause, who, pressed_on)
        case OnGuess() as pressed_on:
            toast = await feedback.guess(cause, who, pressed_on)
        case OnChoice() as pressed_on:
            toast = await feedback.choice(cause, who, pressed_on)
        case OnRating() as pressed_on:
            toast = await satisfaction.rate(cause, who, pressed_on)
        case OnLanguage() as pressed_on:
            toast = await feedback.language(cause, who, pressed_on)
        case _:
            pass  # a card's button in a private chat, or one that no version has written
    await show(query, toast and label(text_key("toast", toast), query.from_user.language_code or ""))


async def reacted(message_reaction: MessageReactionUpdated, cause: Cause, reactions: Reactions) -> None:
    await reactions.by_customer(reaction(cause, message_reaction))


async def membership(event: ChatMemberUpdated, cause: Cause, reachability: Reachability) -> None:
    await reachability.changed(cause, person(event.from_user), reachable=event.new_chat_member.status == "member")


def routes() -> Router:
    router = Router(name="customer")
    router.message.filter(FROM_CUSTOMER)
    router.edited_message.filter(FROM_CUSTOMER)
    router.callback_query.filter(at_once(F.message.chat.type == "private"))
    router.message_reaction.filter(PRIVATE)
    router.my_chat_member.filter(PRIVATE)
    router.message.register(service, at_once(said_by_nobody))
    for word, handler in (("start", start), ("help", help_), ("privacy", privacy), ("language", language)):
        router.message.register(handler, Command(word, ignore_case=True, ignore_mention=True))
    router.message.register(
        unknown, at_once(F.text.regexp(ALONE)), ~Command("operator", ignore_case=True, ignore_mention=True)
    )
    router.message.register(anything)
    router.edited_message.register(service, at_once(said_by_nobody))
    router.edited_message.register(edited)
    router.callback_query.register(pressed)
    router.message_reaction.register(reacted)
    router.my_chat_member.register(membership)
    return router
