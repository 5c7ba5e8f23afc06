"""A real aiogram bot sees no difference."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MenuButtonCommands,
    ReactionTypeEmoji,
    ReplyParameters,
)

from playground import samples
from playground.server import Playground


async def test_a_conversation(bot: Bot, playground: Playground) -> None:
    anna = playground.add_customer("Анна", language_code="ru")
    anna.send("/start https://a.example")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message
    assert update.message.from_user
    assert update.message.from_user.language_code == "ru"
    assert [entity.type for entity in update.message.entities or []] == ["bot_command", "url"]

    keys = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes", style="success")]]
    )
    sent = await bot.send_message(anna.id, "<b>Hé 😀</b> &lt;3", parse_mode="HTML", reply_markup=keys)
    assert sent.text == "Hé 😀 <3"
    assert sent.html_text == "<b>Hé 😀</b> &lt;3"
    assert anna.replies[-1].button("да").data == "yes"

    press = anna.press(sent.message_id, "yes")
    (pressed,) = await bot.get_updates(offset=update.update_id + 1)
    assert pressed.callback_query
    assert pressed.callback_query.message
    assert pressed.callback_query.message.message_id == sent.message_id
    await bot.answer_callback_query(pressed.callback_query.id, "Спасибо")
    assert press.text == "Спасибо"

    await bot.edit_message_text("Bye", chat_id=anna.id, message_id=sent.message_id)
    assert anna.replies[-1].text == "Bye"
    assert anna.replies[-1].buttons == []
    assert anna.replies[-1].edited


async def test_every_kind_arrives_and_can_be_copied(bot: Bot, playground: Playground) -> None:
    anna, group = playground.add_customer(), playground.add_group()
    anna.send_photo(caption="see")
    anna.send_voice()
    anna.send_sticker()
    anna.send_document()
    anna.send_location()
    anna.send_contact()
    updates = await bot.get_updates(timeout=5)
    kinds = [update.message.content_type for update in updates if update.message]
    assert kinds == ["photo", "voice", "sticker", "document", "location", "contact"]
    for update in updates:
        assert update.message
        await bot.copy_message(group.id, anna.id, update.message.message_id)
    assert [message.kind for message in group.from_bot] == kinds
    assert group.from_bot[0].text == "see"


async def test_an_album_stays_an_album(bot: Bot, playground: Playground) -> None:
    anna, group = playground.add_customer(), playground.add_group()
    parts = anna.send_album(3, caption="three")
    assert len({part.album for part in parts}) == 1
    await bot.copy_messages(group.id, anna.id, [part.id for part in parts])
    copies = group.from_bot
    assert len(copies) == 3
    assert len({copy.album for copy in copies}) == 1
    assert copies[0].album != parts[0].album
    assert [copy.text for copy in copies] == ["three", "", ""]


async def test_uploads_and_downloads(bot: Bot, playground: Playground) -> None:
    anna = playground.add_customer()
    anna.send("hi")
    picture = samples.picture()
    sent = await bot.send_photo(anna.id, BufferedInputFile(picture, "x.png"), caption="c")
    assert sent.photo
    assert (sent.photo[-1].width, sent.photo[-1].height) == (samples.WIDTH, samples.HEIGHT)
    file = await bot.get_file(sent.photo[-1].file_id)
    assert file.file_path
    loaded = await bot.download_file(file.file_path)
    assert loaded
    assert loaded.read() == picture
    again = await bot.send_photo(anna.id, sent.photo[-1].file_id)
    assert again.photo
    album = await bot.send_media_group(
        anna.id,
        [
            InputMediaPhoto(media=BufferedInputFile(picture, "y.png"), caption="<i>a</i>", parse_mode="HTML"),
            InputMediaPhoto(media=sent.photo[-1].file_id),
        ],
    )
    assert [message.caption for message in album] == ["a", None]
    with pytest.raises(TelegramBadRequest, match="wrong remote file identifier"):
        await bot.send_photo(anna.id, "nonsense")


async def test_a_forum(bot: Bot, playground: Playground) -> None:
    operator = playground.add_operator()
    group = playground.add_group(forum=True)
    assert (await bot.get_chat(group.id)).is_forum
    me = await bot.get_chat_member(group.id, bot.id)
    assert isinstance(me, ChatMemberAdministrator)
    assert me.can_manage_topics
    topic = await bot.create_forum_topic(group.id, "Анна")
    thread = topic.message_thread_id
    assert thread != 1
    sent = await bot.send_message(group.id, "card", message_thread_id=thread)
    assert sent.is_topic_message
    operator.write(group, "mine", thread=thread)
    operator.write(group, "an answer", reply_to=sent.message_id)
    operator.write(group, "general")
    opened, plain, answer, general = [update.message for update in await bot.get_updates(timeout=5)]
    assert opened
    assert opened.forum_topic_created
    assert plain
    assert answer
    assert general
    assert plain.message_thread_id == answer.message_thread_id == thread
    assert plain.reply_to_message
    assert plain.reply_to_message.forum_topic_created
    assert answer.reply_to_message
    assert answer.reply_to_message.message_id == sent.message_id
    assert general.message_thread_id is None
    await bot.edit_forum_topic(group.id, thread, name="Анна ✓")
    await bot.close_forum_topic(group.id, thread)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(group.id, "x", message_thread_id=thread)
    await bot.reopen_forum_topic(group.id, thread)
    group.delete_topic(thread)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=thread)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=1)
    with pytest.raises(TelegramBadRequest, match="TOPIC_DELETED"):
        await bot.close_forum_topic(group.id, thread)


async def test_a_group_moves_on(bot: Bot, playground: Playground) -> None:
    group = playground.add_group(basic=True)
    old = group.id
    await bot.send_message(old, "before")
    group.set_forum(True)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old, "after")
    assert moved.value.migrate_to_chat_id == group.id != old
    updates = await bot.get_updates(timeout=5)
    assert [u.message.migrate_to_chat_id for u in updates if u.message] == [group.id, None]
    await bot.send_message(group.id, "there")
    group.kick_bot()
    with pytest.raises(TelegramForbiddenError, match="kicked from the supergroup"):
        await bot.send_message(group.id, "x")
    group.return_bot()
    await bot.send_message(group.id, "back")


async def test_a_plain_group_threads_replies(bot: Bot, playground: Playground) -> None:
    group = playground.add_group()
    operator = next(iter(playground.operators.values()))
    card = await bot.send_message(group.id, "card")
    operator.write(group, "answer", reply_to=card.message_id)
    operator.write(group, "nameless", anonymous=True)
    answer, nameless = [update.message for update in await bot.get_updates(timeout=5)]
    assert answer
    assert answer.message_thread_id == card.message_id
    assert not answer.is_topic_message
    assert nameless
    assert nameless.sender_chat
    assert nameless.from_user
    assert (nameless.sender_chat.id, nameless.from_user.id) == (group.id, 1087968824)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=card.message_id + 5)


async def test_who_blocks_and_who_comes_back(bot: Bot, playground: Playground) -> None:
    anna = playground.add_customer()
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(anna.id, "spam")
    anna.send("hi")
    anna.block_bot()
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await bot.send_message(anna.id, "x")
    anna.send("back")
    _, blocked, unblocked, back = await bot.get_updates(timeout=5)
    assert blocked.my_chat_member
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert unblocked.my_chat_member
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert back.message
    await bot.send_message(anna.id, "welcome")


async def test_reactions_are_asked_for(bot: Bot, playground: Playground) -> None:
    anna = playground.add_customer()
    first = anna.send("hi")
    sent = await bot.send_message(anna.id, "hello")
    anna.react(sent.message_id, "👎")
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    anna.react(sent.message_id, "👍")
    *_, update = await bot.get_updates()
    assert update.message_reaction
    change = update.message_reaction.model_dump(mode="json")
    assert change["old_reaction"] == [{"type": "emoji", "emoji": "👎"}]
    assert change["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    await bot.set_message_reaction(anna.id, first.id, [ReactionTypeEmoji(emoji="👀")])
    assert first.reactions[bot.id] == ["👀"]
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(anna.id, first.id, [ReactionTypeEmoji(emoji="✅")])


async def test_replies_and_edits_of_people(bot: Bot, playground: Playground) -> None:
    anna = playground.add_customer()
    first = anna.send("hi")
    await bot.send_message(anna.id, "yes?", reply_parameters=ReplyParameters(message_id=first.id))
    assert anna.replies[-1].reply_to == first.id
    anna.edit(first, "hi there")
    anna.delete(first)
    _, edited = await bot.get_updates()
    assert edited.edited_message
    assert edited.edited_message.text == "hi there"
    gone = ReplyParameters(message_id=first.id)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(anna.id, "x", reply_parameters=gone)
    anyway = ReplyParameters(message_id=first.id, allow_sending_without_reply=True)
    assert (await bot.send_message(anna.id, "x", reply_parameters=anyway)).reply_to_message is None


async def test_what_the_bot_says_of_itself(bot: Bot, playground: Playground) -> None:
    assert (await bot.me()).username == playground.world.bot.username
    await bot.set_my_commands([BotCommand(command="start", description="Begin")], language_code="en")
    assert [command.command for command in await bot.get_my_commands(language_code="en")] == ["start"]
    await bot.delete_my_commands(language_code="en")
    assert await bot.get_my_commands(language_code="en") == []
    await bot.set_my_description("Helps")
    await bot.set_my_short_description("Helps")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_my_description()).description == "Helps"
    group = playground.add_group()
    assert len(await bot.get_chat_administrators(group.id)) == 2
    sent = await bot.send_message(group.id, "pin me")
    await bot.pin_chat_message(group.id, sent.message_id)
    assert group.chat.pinned == [sent.message_id]
    await bot.unpin_chat_message(group.id)
    assert group.chat.pinned == []
    await bot.delete_message(group.id, sent.message_id)
    assert await bot.leave_chat(group.id)


async def test_a_wrong_token(bot: Bot, playground: Playground) -> None:
    stranger = Bot("1:not-the-token", session=bot.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    assert len(playground.calls) == 0
