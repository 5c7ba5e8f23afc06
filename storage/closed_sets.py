"""Closed sets that the memory holds, as types: what is not in them fails mypy. Std only, as `records` is."""

from __future__ import annotations

from typing import Final, Literal, NewType, get_args

Language = str
"""An ISO 639-1 code."""
SpokenLanguage = Literal["ru", "en"]
"""What the bot itself speaks."""
LANGUAGES: Final[tuple[SpokenLanguage, ...]] = get_args(SpokenLanguage)
"""The one list of them, in the order in which people see them; the first stands in where no other fits."""

Priority = Literal["low", "medium", "high", "critical"]
Action = Literal["answer", "escalate", "answer_and_escalate"]
AnswerMode = Literal["off", "suggest", "auto"]
"""Who speaks where an answer fits: people alone, people with the text before them, the bot. Each has its words under
`answer_mode`."""
Channel = Literal["telegram", "api", "business", "direct", "web"]
"""`api`: a program of the business speaks for the customer; `web`: they write on a site of it; `business`: private
chats of a Telegram account that the bot is connected to; `direct`: direct messages of a channel."""
Author = Literal["customer", "bot", "operator"]
Feedback = Literal["helped", "person", "picked"]
"""What a customer pressed below a line of the bot; `picked`: one of the choices it offered."""
TicketStatus = Literal["open", "taken", "closed"]
"""Who has it: nobody yet, an operator, nobody any more."""
TicketState = Literal["waiting", "awaiting_customer", "snoozed", "closed"]
"""Who waits for whom, whoever has it. Each has its words in `services/texts` under `state`."""
TopicIcon = Literal["waiting", "taken", "awaited", "snoozed", "closed"]
"""What the icon of a ticket's topic tells: a customer waits for anybody, or for who has the ticket; the customer is
awaited; it is put off; it is closed."""
Face = Literal[
    "details", "hand", "snooze", "priority", "closing", "more", "answer", "preview", "correct", "ban", "move"
]
"""What a card shows beside its short form: all that is known, the choices of a button, or what would be sent."""
Ending = Literal["solved", "silent", "spam", "lapsed"]
"""How a ticket was closed; the customer is told of the first alone. Each has its words under `ending`.

`lapsed`: by itself, since the customer was awaited for long; their next line opens it again.
"""
Closing = Literal["solved", "silent", "spam"]
"""How people can close one."""
Purpose = Literal["phrasings"]
"""What a model is paid for beside verdicts."""
LabelSource = Literal["correct", "sent", "edited", "wrong", "picked", "helped", "person", "taught", "grouped"]
"""How somebody has said what words are about, or that an answer was not it. Each has its words under `label`.

Operators: `correct` on the card; an answer `sent` as it is, or `edited`; `wrong` on a suggestion; `taught` from a
reply; `grouped` with others. Customers: `picked` from the choices of the bot; it `helped`; a `person` instead.
"""
PairState = Literal["new", "kept", "skipped", "merged"]
"""What the set-up has decided about a question and its answer."""
Decision = Literal["sent", "edited", "wrong"]
"""What people have done with an answer that was proposed: sent it as it was, written to the customer themselves, or
said that it is another matter. Each is a label, too."""
GroupState = Literal["open", "answered", "placed", "foreign", "hidden"]
"""What was decided of questions that mean the same.

`answered`: an answer was made of them; `placed`: they belong to one that was there; `foreign`: none of the business's.
"""
LearningState = Literal["standing", "earlier", "waiting", "refused", "held"]
"""What became of a version of what was learned. Each has its words under `learning_state`.

`standing`: the bot knows it, `earlier`: it did. `waiting` for an admin, who may have `refused` it; `held`: it brought
nothing but labels that contradict the pack, and was not learned.
"""
LessonState = Literal["offered", "taught", "declined", "ignored", "passed"]
"""What came of a reply that the bot may learn from; `passed`: it was none that is worth asking about."""
AuditPlace = Literal["group", "private", "web", "shell"]
"""Where somebody of the team did something: each has its words under `audit_place`."""
AuditAction = Literal[
    "taken",
    "released",
    "handed",
    "snoozed",
    "woken",
    "priority_set",
    "corrected",
    "corrected_none",
    "suggestion_wrong",
    "sent",
    "moved",
    "closed",
    "reopened",
    "undone",
    "banned",
    "unbanned",
    "noted",
    "exported",
    "erased",
    "signed_in",
    "signed_out",
    "token_made",
    "token_revoked",
    "answer_changed",
    "mode_changed",
    "questions_sorted",
    "fact_changed",
    "set_up",
    "reply_changed",
    "alias_changed",
    "aside_retried",
    "aside_dropped",
    "admin_added",
    "admin_invited",
    "admin_removed",
    "group_connected",
    "label_undone",
    "labels_confirmed",
    "learning_taken",
    "learning_refused",
]
"""What the audit log tells of. Each has its words in `services/texts` under `audit`."""
Signature = Literal["none", "name", "alias"]
"""What customers read under an operator's words."""
FactType = Literal["text", "number", "phone", "email", "url", "hours"]
"""Of what the business tells about itself. Each has its words in `services/texts` under `fact_type`."""
Reason = Literal[
    "urgent",
    "unsure",
    "people_only",
    "asked",
    "wordless",
    "passed_on",
    "answered_too",
    "unhelped",
    "unanswerable",
    "unfilled",
    "suggested",
    "switched_off",
]
"""Why people are asked. Each has its words in `services/texts` under `reason`."""

Content = Literal[
    "text",
    "rich_message",
    "photo",
    "live_photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "animation",
    "sticker",
    "document",
    "location",
    "venue",
    "contact",
    "poll",
    "checklist",
    "dice",
    "game",
    "story",
    "paid_media",
    "invoice",
    "giveaway",
    "giveaway_winners",
    "other",
]
"""What a person can send. Each has its words in `services/texts` under `kind`."""
UnreadKind = NewType("UnreadKind", str)
"""The kind of a message that came and could not be read: Telegram's name for it, then a question mark."""
SaidKind = Content | Literal["command"] | UnreadKind
"""The kind of a line that a person wrote."""
BotKind = Literal["text", "notice", "handover", "answer", "clarify", "crowded"]
"""The kind of a line of the bot: a notice says how things stand, a handover that people have it, an answer is from a
template, a clarify asks back."""
MessageKind = SaidKind | BotKind | Literal["note"]
"""`note`: an operator's line that they have taken back, so it stands among colleagues only."""
