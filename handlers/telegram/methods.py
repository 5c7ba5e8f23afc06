"""Bot API methods whose answers stay raw JSON.

aiogram decodes answers into its types, so a field newer than the library turns a message that was sent into an error,
and an update newer than the library into an empty poll. Here both stay dicts.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from aiogram import methods
from aiogram.methods import Response

RAW: Final = Response[Any]
"""Kept here, or the type is built anew for every answer: pydantic forgets what nobody holds."""


class GetUpdates(methods.GetUpdates):
    __returning__: ClassVar[Any] = Any


class GetChat(methods.GetChat):
    __returning__: ClassVar[Any] = Any


class GetChatMember(methods.GetChatMember):
    __returning__: ClassVar[Any] = Any


class GetFile(methods.GetFile):
    __returning__: ClassVar[Any] = Any


class GetChatAdministrators(methods.GetChatAdministrators):
    __returning__: ClassVar[Any] = Any


class SendMessage(methods.SendMessage):
    __returning__: ClassVar[Any] = Any


class SendPhoto(methods.SendPhoto):
    __returning__: ClassVar[Any] = Any


class SendMediaGroup(methods.SendMediaGroup):
    __returning__: ClassVar[Any] = Any


class SendDocument(methods.SendDocument):
    __returning__: ClassVar[Any] = Any


class DeleteBusinessMessages(methods.DeleteBusinessMessages):
    __returning__: ClassVar[Any] = Any


class GetBusinessConnection(methods.GetBusinessConnection):
    __returning__: ClassVar[Any] = Any


class SendVideo(methods.SendVideo):
    __returning__: ClassVar[Any] = Any


class SendVideoNote(methods.SendVideoNote):
    __returning__: ClassVar[Any] = Any


class SendVoice(methods.SendVoice):
    __returning__: ClassVar[Any] = Any


class SendAudio(methods.SendAudio):
    __returning__: ClassVar[Any] = Any


class SendAnimation(methods.SendAnimation):
    __returning__: ClassVar[Any] = Any


class SendSticker(methods.SendSticker):
    __returning__: ClassVar[Any] = Any


class CopyMessage(methods.CopyMessage):
    __returning__: ClassVar[Any] = Any


class CopyMessages(methods.CopyMessages):
    __returning__: ClassVar[Any] = Any


class EditMessageText(methods.EditMessageText):
    __returning__: ClassVar[Any] = Any


class EditMessageCaption(methods.EditMessageCaption):
    __returning__: ClassVar[Any] = Any


class EditMessageMedia(methods.EditMessageMedia):
    __returning__: ClassVar[Any] = Any


class SendLocation(methods.SendLocation):
    __returning__: ClassVar[Any] = Any


class EditMessageLiveLocation(methods.EditMessageLiveLocation):
    __returning__: ClassVar[Any] = Any


class StopMessageLiveLocation(methods.StopMessageLiveLocation):
    __returning__: ClassVar[Any] = Any


class SetMessageReaction(methods.SetMessageReaction):
    __returning__: ClassVar[Any] = Any


class DeleteMessage(methods.DeleteMessage):
    __returning__: ClassVar[Any] = Any


class PinChatMessage(methods.PinChatMessage):
    __returning__: ClassVar[Any] = Any


class EditMessageReplyMarkup(methods.EditMessageReplyMarkup):
    __returning__: ClassVar[Any] = Any


class CreateForumTopic(methods.CreateForumTopic):
    __returning__: ClassVar[Any] = Any


class CloseForumTopic(methods.CloseForumTopic):
    __returning__: ClassVar[Any] = Any


class ReopenForumTopic(methods.ReopenForumTopic):
    __returning__: ClassVar[Any] = Any


class GetForumTopicIconStickers(methods.GetForumTopicIconStickers):
    __returning__: ClassVar[Any] = Any


class EditForumTopic(methods.EditForumTopic):
    __returning__: ClassVar[Any] = Any


class GetWebhookInfo(methods.GetWebhookInfo):
    __returning__: ClassVar[Any] = Any
