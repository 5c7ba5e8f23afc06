"""The keys of all texts as types, so that a misspelt one fails mypy.

Made from `en.toml` by `python -m tests.house.text_keys`; a test compares the two.
"""

from __future__ import annotations

from typing import Literal, overload

# fmt: off
CustomerKey = Literal[
    "hello", "start", "help", "privacy", "language", "language_set", "handover", "handover_asked", "already",
    "relayed", "not_copied", "only_words", "withdrawn", "closed", "rate", "rated", "comment_wanted", "comment_taken",
    "closing_soon", "clarify", "choose", "rest", "nothing_asked", "declined", "late", "crowded", "banned", "unbanned",
    "signature"
]
ButtonKey = Literal[
    "score", "comment", "helped", "person", "take", "release", "close", "closing", "move", "more", "hand", "snooze",
    "wake", "priority", "details", "fold", "reopen", "line_again", "line_send", "line_keep", "take_listed", "show",
    "history", "answer", "correct", "accept", "edit", "wrong", "send", "back", "proposed", "none_of_them",
    "no_answer_of", "ban", "unban", "own_answers", "note"
]
ToastKey = Literal[
    "snooze_when", "rated", "helped", "person", "taken", "released", "not_taken", "nobody_else", "moved", "handed",
    "snoozed", "woken", "not_snoozed", "undone", "undo_late", "undo_changed", "priority_set", "line_kept",
    "line_changed", "line_withdrawn", "line_sent", "line_again", "line_arrived", "details", "card_late", "decided",
    "choose", "folded", "already_yours", "already_open", "taken_by", "closed", "already_closed", "reopened",
    "showing", "shown", "elsewhere", "outdated", "another_open", "admins_only", "admins_labels", "label_undone",
    "labels_confirmed", "labels_dropped", "learning_taken", "learning_refused", "learning_there", "admins_bans",
    "members_only", "mode_set", "answer_changed", "fact_changed", "history", "export", "admins_export",
    "choose_answer", "choose_scenario", "previewed", "no_words", "gaps", "suggestion_over", "suggestion_wrong",
    "words_asked", "sent", "corrected", "corrected_none", "banned", "unbanned", "already_banned", "not_banned",
    "note_asked", "admins_admins", "admin_removed", "no_admin", "last_admin", "connected", "connect_already",
    "connect_admins", "connect_nobody", "connect_named", "connect_gone", "connect_elsewhere", "connect_mute",
    "connect_later"
]
CardKey = Literal[
    "owner_speaks", "rating", "title", "who", "page", "scenario", "reason", "reasoning", "earlier", "forwarded",
    "quoted", "proposed", "urgent", "question", "hint_plain", "hint_topic", "moved_away", "moved", "note", "preview",
    "suggested", "look"
]
StateKey = Literal[
    "waiting", "awaiting_customer", "snoozed", "closed"
]
MomentKey = Literal[
    "day_and_time", "day", "minutes", "hours", "days"
]
WeekdayKey = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]
OnWeekdayKey = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]
DayOfKey = Literal[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december"
]
HoursKey = Literal[
    "daily", "whole", "entry", "day_off", "and", "year", "back", "today", "on_date", "tomorrow", "moscow"
]
EndingKey = Literal[
    "solved", "silent", "spam", "lapsed"
]
SnoozeKey = Literal[
    "hour", "hours", "morning", "reply"
]
PriorityNameKey = Literal[
    "low", "medium", "high", "critical"
]
AnswerModeKey = Literal[
    "auto", "suggest", "off"
]
PriorityKey = Literal[
    "low", "medium", "high", "critical"
]
ReasonKey = Literal[
    "urgent", "unsure", "people_only", "asked", "wordless", "passed_on", "answered_too", "unhelped", "unanswerable",
    "unfilled", "suggested", "switched_off"
]
UrgencyKey = Literal[
    "money", "theft", "violence", "health", "safety", "minors", "waiting", "again", "legal", "pressing"
]
KindKey = Literal[
    "text", "photo", "video", "voice", "audio", "video_note", "sticker", "document", "location", "contact",
    "animation", "live_photo", "poll", "dice", "game", "venue", "story", "checklist", "invoice", "paid_media",
    "giveaway", "giveaway_winners", "rich_message", "other"
]
UnreadKey = Literal[
    "known", "new"
]
AlbumKey = Literal[
    "album", "photo", "video", "audio", "document"
]
AuthorKey = Literal[
    "customer", "bot", "operator"
]
DeskKey = Literal[
    "owner_line", "owner_edited", "gone_there", "no_connection", "no_right", "no_word", "commented", "line", "album",
    "edited", "bot_said", "whole", "earlier", "chose", "place", "before_move", "topic", "handed", "woken", "waits",
    "waits_line", "waits_many", "named", "unknown_reply", "unknown_command", "how_replies_work", "list_reply",
    "elsewhere", "what_to_delete", "not_with_customer", "stays_deleted", "held", "line_kept", "line_sent",
    "line_again", "line_arrived", "stays_closed", "about_line", "undelivered", "unconfirmed", "unreachable",
    "refused", "not_copied", "only_words", "no_copy", "old_stays", "parts_undelivered", "parts_not_copied",
    "forwarded", "api_copy", "from_page", "note_from_page", "changed_on_page", "withdrawn_on_page",
    "deleted_from_page", "sent", "released", "taken_away", "ask_words", "ask_note", "alias"
]
DashboardKey = Literal[
    "open", "link", "sent", "ask_in_private", "no_address"
]
DigestKey = Literal[
    "title", "done", "line"
]
BoardKey = Literal[
    "head", "line", "snoozed", "empty", "page", "more", "cannot_pin"
]
FindKey = Literal[
    "head", "line", "names_alone", "nothing", "usage"
]
PageButtonKey = Literal[
    "earlier", "later", "anew", "all_open", "older", "newer", "newest", "client", "history", "export"
]
ClientKey = Literal[
    "who", "page", "note", "no_note", "note_usage", "counts", "rated", "ticket", "usage", "unknown", "several",
    "exported"
]
HistoryKey = Literal[
    "title", "empty", "line"
]
NoteKey = Literal[
    "perhaps_again"
]
AdminKey = Literal[
    "channel_stranger", "channel_no_right", "business_stranger", "business_made", "business_no_reply",
    "business_over", "quarantine", "unconfirmed", "conflict", "demoted", "no_access", "no_topics", "no_group",
    "no_topic", "inbox_empty", "health"
]
AdminsKey = Literal[
    "welcome", "already", "wrong", "ended", "too_many", "told", "removed", "list", "line", "of_settings", "invite",
    "link", "drop", "ask", "yes", "no"
]
ConnectKey = Literal[
    "invite", "button", "here", "here_now", "gone_on", "added", "done", "public", "linked", "no_admin",
    "no_reactions", "no_topics", "no_pin"
]
AsideKey = Literal[
    "inbox", "outbox", "line", "unread", "failed", "unsure", "refused", "undelivered"
]
EditorKey = Literal[
    "list", "list_empty", "scenario", "answer", "answers", "mode", "people_only", "variant", "none", "unreadable",
    "prompt", "source", "source_cut", "variables", "variable", "problems", "problem", "more", "not_text", "preview",
    "preview_first", "saved", "undone", "redone", "removed", "restored", "cancelled", "over", "changed", "withdrawn",
    "older", "gone"
]
EditorButtonKey = Literal[
    "scenario", "answer", "mode_auto", "mode_suggest", "mode_off", "edit", "undo", "redo", "restore", "restore_page",
    "add", "first", "back", "back_to", "page", "answer_page", "save", "save_over", "remove", "cancel"
]
AutopilotKey = Literal[
    "offer", "given_back", "decided", "proposed", "given"
]
AutopilotButtonKey = Literal[
    "yes", "no", "again"
]
FactsKey = Literal[
    "list", "waits", "waits_line", "list_empty", "fact", "none", "by_setting", "value", "every", "mark_filled",
    "mark_missing", "prompt", "refused", "not_text", "changed", "cancelled", "hours_read", "hours_unread",
    "hours_help"
]
FactButtonKey = Literal[
    "fact", "earlier", "later", "change", "fill", "undo", "redo", "remove", "restore", "back", "page"
]
FactTypeKey = Literal[
    "text", "number", "phone", "email", "url", "hours"
]
FactFaultKey = Literal[
    "empty", "too_long", "number", "phone", "email", "url", "hours_time", "hours_date", "hours_same", "hours_overlap",
    "hours_days", "hours_none", "hours_week", "hours_break"
]
VariableKey = Literal[
    "customer_first_name", "customer_last_name", "customer_language", "service_name", "time_of_day", "working_hours",
    "first_contact", "ticket_number", "order_number", "facts"
]
StatsKey = Literal[
    "ladder", "rungs", "rung", "growing", "grows", "title", "open", "standing", "block", "groups", "group", "volumes",
    "speed", "unknown", "topics", "operators", "judging", "messages", "answered", "clarified", "escalated", "reason",
    "feedback", "rated", "reply", "resolved", "unknown_count", "question", "topic", "called", "operator", "engines",
    "engine", "moved", "audits", "cost", "hours", "minutes", "seconds", "usage", "chart", "chart_bot", "chart_people"
]
GuideKey = Literal[
    "team", "command", "admins", "admins_only", "in_private", "in_group", "alone"
]
EngineKey = Literal[
    "local", "llm"
]
HealthKey = Literal[
    "healthy", "degraded", "unhealthy", "disabled", "database", "openai", "webhook", "operators", "business",
    "intake", "inbox", "outbox"
]
AdviceKey = Literal[
    "account", "channel", "database", "openai", "webhook", "no_access", "no_topics", "demoted", "no_group", "intake",
    "contested", "aside", "late", "unknown"
]
ModelKey = Literal[
    "timeout", "connection", "rate_limited", "no_credit", "overloaded", "server_error", "unauthorized", "region",
    "rejected", "garbled", "refused", "truncated", "off_schema", "over_budget", "circuit_open", "crowded"
]
WebhookKey = Literal[
    "not_found", "unauthorized", "forbidden", "method", "redirected", "too_large", "busy", "gateway", "unready",
    "failing", "expired", "self_signed", "other_name", "certificate", "refused", "slow", "unknown_host",
    "unreachable", "other"
]
LanguageKey = Literal[
    "ru", "en"
]
CommandKey = Literal[
    "start", "help", "operator", "language", "privacy", "health", "inbox", "scenarios", "facts", "unanswered",
    "stats", "delete", "replies", "labels", "bans", "open", "client", "note", "find", "dashboard", "setup", "alias",
    "admins"
]
BanKey = Literal[
    "silent", "told"
]
BansKey = Literal[
    "list", "line", "lift"
]
CannedKey = Literal[
    "list", "line", "added", "dropped", "refused"
]
CannedButtonKey = Literal[
    "drop", "restore"
]
PackFaultKey = Literal[
    "key", "key_taken", "keys_long", "title_empty", "title_long", "description_empty", "description_long",
    "phrases_none", "phrases_language", "phrases_few", "phrase_long", "phrase_elsewhere", "phrase_background",
    "texts_none", "texts_language", "text_empty", "texts_own", "texts_unused", "whole"
]
PackTryKey = Literal[
    "name", "answer", "answer_people", "clarify", "choose", "people", "nothing", "background"
]
AuditKey = Literal[
    "taken", "released", "handed", "snoozed", "woken", "priority_set", "corrected", "corrected_none",
    "suggestion_wrong", "sent", "moved", "closed", "reopened", "undone", "banned", "unbanned", "noted", "exported",
    "erased", "signed_in", "signed_out", "token_made", "token_revoked", "questions_sorted", "answer_changed",
    "mode_changed", "fact_changed", "set_up", "reply_changed", "alias_changed", "aside_retried", "aside_dropped",
    "admin_added", "admin_invited", "admin_removed", "group_connected", "label_undone", "labels_confirmed",
    "learning_taken", "learning_refused"
]
LabelSourceKey = Literal[
    "correct", "sent", "edited", "wrong", "picked", "helped", "person", "taught", "grouped"
]
LabelsKey = Literal[
    "list", "line", "customer", "nothing", "gone", "undo", "older", "newest", "versions", "back", "versions_list",
    "version", "take_version", "pack_alone", "waits", "change", "take", "keep", "held", "held_line", "confirm", "drop"
]
LearningStateKey = Literal[
    "standing", "earlier", "waiting", "refused", "held"
]
AuditPlaceKey = Literal[
    "group", "private", "web", "shell"
]
SetupKey = Literal[
    "in_private", "asking", "head", "invite", "invite_on", "name", "languages", "begin", "begin_done", "sure_new",
    "source", "pair", "likely", "compare", "compare_none", "summary", "unused", "unused_line", "read", "facts_none",
    "facts_done", "fact", "try", "tried", "teach", "teach_answer", "taught", "score", "complete", "later", "held",
    "undone", "vain"
]
SetupStepKey = Literal[
    "name", "languages", "begin", "pairs", "facts", "try", "score"
]
SetupChoiceKey = Literal[
    "starter", "faq", "nothing"
]
SetupStateKey = Literal[
    "new", "kept", "skipped", "merged"
]
SetupAskKey = Literal[
    "question", "answer", "title"
]
SetupSureKey = Literal[
    "starter", "faq", "nothing"
]
SetupButtonKey = Literal[
    "begin", "go_on", "over", "back", "later", "next", "keep_name", "only_ru", "only_en", "ru_en", "en_ru", "starter",
    "faq", "nothing", "sure", "beside_starter", "only_starter", "beside_faq", "only_faq", "keep", "skip", "question",
    "answer", "title", "merge", "ways", "keepall", "mine", "theirs", "anew", "apply", "fact_on", "fact_off", "nofact",
    "to_try", "teach", "write_answer", "foreign", "unteach", "to_score", "undo", "score", "finish"
]
SetupFaultKey = Literal[
    "not_begun", "held", "outdated", "press", "name_empty", "languages_none", "choose_first", "not_text", "not_file",
    "words_none", "question_long", "answer_long", "answer_faulty", "no_phrase", "known", "model", "no_ways",
    "nothing_to_merge", "nothing_to_undo", "answers_changed", "changed_since", "pack", "pasted", "file", "file_gone",
    "file_away"
]
FaqFaultKey = Literal[
    "damaged", "no_page", "csv", "big", "relative", "page_archive", "format", "long", "empty", "locked", "unpacks",
    "no_text", "no_pairs", "many_pairs"
]
FaqUnusedKey = Literal[
    "no_question", "footer", "no_columns", "twice", "no_answer", "not_asked", "too_long"
]
FaqPlaceKey = Literal[
    "line", "row", "paragraph", "message", "question", "table"
]
SetupFactKey = Literal[
    "phone", "email", "hours", "returns"
]
GapKey = Literal[
    "name", "date", "phone", "email", "number", "link"
]
QuestionsKey = Literal[
    "worth", "worth_line", "none", "group", "figures", "line", "ways", "ways_none", "preview", "join", "belong"
]
QuestionButtonKey = Literal[
    "worth", "make", "belong", "foreign", "hide", "join", "from_reply", "save", "back", "undo", "next"
]
QuestionDoneKey = Literal[
    "answered", "made", "placed", "foreign", "hidden", "changed"
]
LessonKey = Literal[
    "on_page", "offer", "choose", "made", "joined"
]
LessonButtonKey = Literal[
    "yes", "no", "make", "undo"
]
TextKey = Literal[
    "customer.hello", "customer.start", "customer.help", "customer.privacy", "customer.language",
    "customer.language_set", "customer.handover", "customer.handover_asked", "customer.already", "customer.relayed",
    "customer.not_copied", "customer.only_words", "customer.withdrawn", "customer.closed", "customer.rate",
    "customer.rated", "customer.comment_wanted", "customer.comment_taken", "customer.closing_soon",
    "customer.clarify", "customer.choose", "customer.rest", "customer.nothing_asked", "customer.declined",
    "customer.late", "customer.crowded", "customer.banned", "customer.unbanned", "customer.signature", "button.score",
    "button.comment", "button.helped", "button.person", "button.take", "button.release", "button.close",
    "button.closing", "button.move", "button.more", "button.hand", "button.snooze", "button.wake", "button.priority",
    "button.details", "button.fold", "button.reopen", "button.line_again", "button.line_send", "button.line_keep",
    "button.take_listed", "button.show", "button.history", "button.answer", "button.correct", "button.accept",
    "button.edit", "button.wrong", "button.send", "button.back", "button.proposed", "button.none_of_them",
    "button.no_answer_of", "button.ban", "button.unban", "button.own_answers", "button.note", "toast.snooze_when",
    "toast.rated", "toast.helped", "toast.person", "toast.taken", "toast.released", "toast.not_taken",
    "toast.nobody_else", "toast.moved", "toast.handed", "toast.snoozed", "toast.woken", "toast.not_snoozed",
    "toast.undone", "toast.undo_late", "toast.undo_changed", "toast.priority_set", "toast.line_kept",
    "toast.line_changed", "toast.line_withdrawn", "toast.line_sent", "toast.line_again", "toast.line_arrived",
    "toast.details", "toast.card_late", "toast.decided", "toast.choose", "toast.folded", "toast.already_yours",
    "toast.already_open", "toast.taken_by", "toast.closed", "toast.already_closed", "toast.reopened", "toast.showing",
    "toast.shown", "toast.elsewhere", "toast.outdated", "toast.another_open", "toast.admins_only",
    "toast.admins_labels", "toast.label_undone", "toast.labels_confirmed", "toast.labels_dropped",
    "toast.learning_taken", "toast.learning_refused", "toast.learning_there", "toast.admins_bans",
    "toast.members_only", "toast.mode_set", "toast.answer_changed", "toast.fact_changed", "toast.history",
    "toast.export", "toast.admins_export", "toast.choose_answer", "toast.choose_scenario", "toast.previewed",
    "toast.no_words", "toast.gaps", "toast.suggestion_over", "toast.suggestion_wrong", "toast.words_asked",
    "toast.sent", "toast.corrected", "toast.corrected_none", "toast.banned", "toast.unbanned", "toast.already_banned",
    "toast.not_banned", "toast.note_asked", "toast.admins_admins", "toast.admin_removed", "toast.no_admin",
    "toast.last_admin", "toast.connected", "toast.connect_already", "toast.connect_admins", "toast.connect_nobody",
    "toast.connect_named", "toast.connect_gone", "toast.connect_elsewhere", "toast.connect_mute",
    "toast.connect_later", "card.owner_speaks", "card.rating", "card.title", "card.who", "card.page", "card.scenario",
    "card.reason", "card.reasoning", "card.earlier", "card.forwarded", "card.quoted", "card.proposed", "card.urgent",
    "card.question", "card.hint_plain", "card.hint_topic", "card.moved_away", "card.moved", "card.note",
    "card.preview", "card.suggested", "card.look", "state.waiting", "state.awaiting_customer", "state.snoozed",
    "state.closed", "moment.day_and_time", "moment.day", "moment.minutes", "moment.hours", "moment.days",
    "weekday.monday", "weekday.tuesday", "weekday.wednesday", "weekday.thursday", "weekday.friday",
    "weekday.saturday", "weekday.sunday", "on_weekday.monday", "on_weekday.tuesday", "on_weekday.wednesday",
    "on_weekday.thursday", "on_weekday.friday", "on_weekday.saturday", "on_weekday.sunday", "day_of.january",
    "day_of.february", "day_of.march", "day_of.april", "day_of.may", "day_of.june", "day_of.july", "day_of.august",
    "day_of.september", "day_of.october", "day_of.november", "day_of.december", "hours.daily", "hours.whole",
    "hours.entry", "hours.day_off", "hours.and", "hours.year", "hours.back", "hours.today", "hours.on_date",
    "hours.tomorrow", "hours.moscow", "ending.solved", "ending.silent", "ending.spam", "ending.lapsed", "snooze.hour",
    "snooze.hours", "snooze.morning", "snooze.reply", "priority_name.low", "priority_name.medium",
    "priority_name.high", "priority_name.critical", "answer_mode.auto", "answer_mode.suggest", "answer_mode.off",
    "priority.low", "priority.medium", "priority.high", "priority.critical", "reason.urgent", "reason.unsure",
    "reason.people_only", "reason.asked", "reason.wordless", "reason.passed_on", "reason.answered_too",
    "reason.unhelped", "reason.unanswerable", "reason.unfilled", "reason.suggested", "reason.switched_off",
    "urgency.money", "urgency.theft", "urgency.violence", "urgency.health", "urgency.safety", "urgency.minors",
    "urgency.waiting", "urgency.again", "urgency.legal", "urgency.pressing", "kind.text", "kind.photo", "kind.video",
    "kind.voice", "kind.audio", "kind.video_note", "kind.sticker", "kind.document", "kind.location", "kind.contact",
    "kind.animation", "kind.live_photo", "kind.poll", "kind.dice", "kind.game", "kind.venue", "kind.story",
    "kind.checklist", "kind.invoice", "kind.paid_media", "kind.giveaway", "kind.giveaway_winners",
    "kind.rich_message", "kind.other", "unread.known", "unread.new", "album.album", "album.photo", "album.video",
    "album.audio", "album.document", "author.customer", "author.bot", "author.operator", "desk.owner_line",
    "desk.owner_edited", "desk.gone_there", "desk.no_connection", "desk.no_right", "desk.no_word", "desk.commented",
    "desk.line", "desk.album", "desk.edited", "desk.bot_said", "desk.whole", "desk.earlier", "desk.chose",
    "desk.place", "desk.before_move", "desk.topic", "desk.handed", "desk.woken", "desk.waits", "desk.waits_line",
    "desk.waits_many", "desk.named", "desk.unknown_reply", "desk.unknown_command", "desk.how_replies_work",
    "desk.list_reply", "desk.elsewhere", "desk.what_to_delete", "desk.not_with_customer", "desk.stays_deleted",
    "desk.held", "desk.line_kept", "desk.line_sent", "desk.line_again", "desk.line_arrived", "desk.stays_closed",
    "desk.about_line", "desk.undelivered", "desk.unconfirmed", "desk.unreachable", "desk.refused", "desk.not_copied",
    "desk.only_words", "desk.no_copy", "desk.old_stays", "desk.parts_undelivered", "desk.parts_not_copied",
    "desk.forwarded", "desk.api_copy", "desk.from_page", "desk.note_from_page", "desk.changed_on_page",
    "desk.withdrawn_on_page", "desk.deleted_from_page", "desk.sent", "desk.released", "desk.taken_away",
    "desk.ask_words", "desk.ask_note", "desk.alias", "dashboard.open", "dashboard.link", "dashboard.sent",
    "dashboard.ask_in_private", "dashboard.no_address", "digest.title", "digest.done", "digest.line", "board.head",
    "board.line", "board.snoozed", "board.empty", "board.page", "board.more", "board.cannot_pin", "find.head",
    "find.line", "find.names_alone", "find.nothing", "find.usage", "page_button.earlier", "page_button.later",
    "page_button.anew", "page_button.all_open", "page_button.older", "page_button.newer", "page_button.newest",
    "page_button.client", "page_button.history", "page_button.export", "client.who", "client.page", "client.note",
    "client.no_note", "client.note_usage", "client.counts", "client.rated", "client.ticket", "client.usage",
    "client.unknown", "client.several", "client.exported", "history.title", "history.empty", "history.line",
    "note.perhaps_again", "admin.channel_stranger", "admin.channel_no_right", "admin.business_stranger",
    "admin.business_made", "admin.business_no_reply", "admin.business_over", "admin.quarantine", "admin.unconfirmed",
    "admin.conflict", "admin.demoted", "admin.no_access", "admin.no_topics", "admin.no_group", "admin.no_topic",
    "admin.inbox_empty", "admin.health", "admins.welcome", "admins.already", "admins.wrong", "admins.ended",
    "admins.too_many", "admins.told", "admins.removed", "admins.list", "admins.line", "admins.of_settings",
    "admins.invite", "admins.link", "admins.drop", "admins.ask", "admins.yes", "admins.no", "connect.invite",
    "connect.button", "connect.here", "connect.here_now", "connect.gone_on", "connect.added", "connect.done",
    "connect.public", "connect.linked", "connect.no_admin", "connect.no_reactions", "connect.no_topics",
    "connect.no_pin", "aside.inbox", "aside.outbox", "aside.line", "aside.unread", "aside.failed", "aside.unsure",
    "aside.refused", "aside.undelivered", "editor.list", "editor.list_empty", "editor.scenario", "editor.answer",
    "editor.answers", "editor.mode", "editor.people_only", "editor.variant", "editor.none", "editor.unreadable",
    "editor.prompt", "editor.source", "editor.source_cut", "editor.variables", "editor.variable", "editor.problems",
    "editor.problem", "editor.more", "editor.not_text", "editor.preview", "editor.preview_first", "editor.saved",
    "editor.undone", "editor.redone", "editor.removed", "editor.restored", "editor.cancelled", "editor.over",
    "editor.changed", "editor.withdrawn", "editor.older", "editor.gone", "editor_button.scenario",
    "editor_button.answer", "editor_button.mode_auto", "editor_button.mode_suggest", "editor_button.mode_off",
    "editor_button.edit", "editor_button.undo", "editor_button.redo", "editor_button.restore",
    "editor_button.restore_page", "editor_button.add", "editor_button.first", "editor_button.back",
    "editor_button.back_to", "editor_button.page", "editor_button.answer_page", "editor_button.save",
    "editor_button.save_over", "editor_button.remove", "editor_button.cancel", "autopilot.offer",
    "autopilot.given_back", "autopilot.decided", "autopilot.proposed", "autopilot.given", "autopilot_button.yes",
    "autopilot_button.no", "autopilot_button.again", "facts.list", "facts.waits", "facts.waits_line",
    "facts.list_empty", "facts.fact", "facts.none", "facts.by_setting", "facts.value", "facts.every",
    "facts.mark_filled", "facts.mark_missing", "facts.prompt", "facts.refused", "facts.not_text", "facts.changed",
    "facts.cancelled", "facts.hours_read", "facts.hours_unread", "facts.hours_help", "fact_button.fact",
    "fact_button.earlier", "fact_button.later", "fact_button.change", "fact_button.fill", "fact_button.undo",
    "fact_button.redo", "fact_button.remove", "fact_button.restore", "fact_button.back", "fact_button.page",
    "fact_type.text", "fact_type.number", "fact_type.phone", "fact_type.email", "fact_type.url", "fact_type.hours",
    "fact_fault.empty", "fact_fault.too_long", "fact_fault.number", "fact_fault.phone", "fact_fault.email",
    "fact_fault.url", "fact_fault.hours_time", "fact_fault.hours_date", "fact_fault.hours_same",
    "fact_fault.hours_overlap", "fact_fault.hours_days", "fact_fault.hours_none", "fact_fault.hours_week",
    "fact_fault.hours_break", "variable.customer_first_name", "variable.customer_last_name",
    "variable.customer_language", "variable.service_name", "variable.time_of_day", "variable.working_hours",
    "variable.first_contact", "variable.ticket_number", "variable.order_number", "variable.facts", "stats.ladder",
    "stats.rungs", "stats.rung", "stats.growing", "stats.grows", "stats.title", "stats.open", "stats.standing",
    "stats.block", "stats.groups", "stats.group", "stats.volumes", "stats.speed", "stats.unknown", "stats.topics",
    "stats.operators", "stats.judging", "stats.messages", "stats.answered", "stats.clarified", "stats.escalated",
    "stats.reason", "stats.feedback", "stats.rated", "stats.reply", "stats.resolved", "stats.unknown_count",
    "stats.question", "stats.topic", "stats.called", "stats.operator", "stats.engines", "stats.engine", "stats.moved",
    "stats.audits", "stats.cost", "stats.hours", "stats.minutes", "stats.seconds", "stats.usage", "stats.chart",
    "stats.chart_bot", "stats.chart_people", "guide.team", "guide.command", "guide.admins", "guide.admins_only",
    "guide.in_private", "guide.in_group", "guide.alone", "engine.local", "engine.llm", "health.healthy",
    "health.degraded", "health.unhealthy", "health.disabled", "health.database", "health.openai", "health.webhook",
    "health.operators", "health.business", "health.intake", "health.inbox", "health.outbox", "advice.account",
    "advice.channel", "advice.database", "advice.openai", "advice.webhook", "advice.no_access", "advice.no_topics",
    "advice.demoted", "advice.no_group", "advice.intake", "advice.contested", "advice.aside", "advice.late",
    "advice.unknown", "model.timeout", "model.connection", "model.rate_limited", "model.no_credit",
    "model.overloaded", "model.server_error", "model.unauthorized", "model.region", "model.rejected", "model.garbled",
    "model.refused", "model.truncated", "model.off_schema", "model.over_budget", "model.circuit_open",
    "model.crowded", "webhook.not_found", "webhook.unauthorized", "webhook.forbidden", "webhook.method",
    "webhook.redirected", "webhook.too_large", "webhook.busy", "webhook.gateway", "webhook.unready",
    "webhook.failing", "webhook.expired", "webhook.self_signed", "webhook.other_name", "webhook.certificate",
    "webhook.refused", "webhook.slow", "webhook.unknown_host", "webhook.unreachable", "webhook.other", "language.ru",
    "language.en", "command.start", "command.help", "command.operator", "command.language", "command.privacy",
    "command.health", "command.inbox", "command.scenarios", "command.facts", "command.unanswered", "command.stats",
    "command.delete", "command.replies", "command.labels", "command.bans", "command.open", "command.client",
    "command.note", "command.find", "command.dashboard", "command.setup", "command.alias", "command.admins",
    "ban.silent", "ban.told", "bans.list", "bans.line", "bans.lift", "canned.list", "canned.line", "canned.added",
    "canned.dropped", "canned.refused", "canned_button.drop", "canned_button.restore", "pack_fault.key",
    "pack_fault.key_taken", "pack_fault.keys_long", "pack_fault.title_empty", "pack_fault.title_long",
    "pack_fault.description_empty", "pack_fault.description_long", "pack_fault.phrases_none",
    "pack_fault.phrases_language", "pack_fault.phrases_few", "pack_fault.phrase_long", "pack_fault.phrase_elsewhere",
    "pack_fault.phrase_background", "pack_fault.texts_none", "pack_fault.texts_language", "pack_fault.text_empty",
    "pack_fault.texts_own", "pack_fault.texts_unused", "pack_fault.whole", "pack_try.name", "pack_try.answer",
    "pack_try.answer_people", "pack_try.clarify", "pack_try.choose", "pack_try.people", "pack_try.nothing",
    "pack_try.background", "audit.taken", "audit.released", "audit.handed", "audit.snoozed", "audit.woken",
    "audit.priority_set", "audit.corrected", "audit.corrected_none", "audit.suggestion_wrong", "audit.sent",
    "audit.moved", "audit.closed", "audit.reopened", "audit.undone", "audit.banned", "audit.unbanned", "audit.noted",
    "audit.exported", "audit.erased", "audit.signed_in", "audit.signed_out", "audit.token_made",
    "audit.token_revoked", "audit.questions_sorted", "audit.answer_changed", "audit.mode_changed",
    "audit.fact_changed", "audit.set_up", "audit.reply_changed", "audit.alias_changed", "audit.aside_retried",
    "audit.aside_dropped", "audit.admin_added", "audit.admin_invited", "audit.admin_removed", "audit.group_connected",
    "audit.label_undone", "audit.labels_confirmed", "audit.learning_taken", "audit.learning_refused",
    "label_source.correct", "label_source.sent", "label_source.edited", "label_source.wrong", "label_source.picked",
    "label_source.helped", "label_source.person", "label_source.taught", "label_source.grouped", "labels.list",
    "labels.line", "labels.customer", "labels.nothing", "labels.gone", "labels.undo", "labels.older", "labels.newest",
    "labels.versions", "labels.back", "labels.versions_list", "labels.version", "labels.take_version",
    "labels.pack_alone", "labels.waits", "labels.change", "labels.take", "labels.keep", "labels.held",
    "labels.held_line", "labels.confirm", "labels.drop", "learning_state.standing", "learning_state.earlier",
    "learning_state.waiting", "learning_state.refused", "learning_state.held", "audit_place.group",
    "audit_place.private", "audit_place.web", "audit_place.shell", "setup.in_private", "setup.asking", "setup.head",
    "setup.invite", "setup.invite_on", "setup.name", "setup.languages", "setup.begin", "setup.begin_done",
    "setup.sure_new", "setup.source", "setup.pair", "setup.likely", "setup.compare", "setup.compare_none",
    "setup.summary", "setup.unused", "setup.unused_line", "setup.read", "setup.facts_none", "setup.facts_done",
    "setup.fact", "setup.try", "setup.tried", "setup.teach", "setup.teach_answer", "setup.taught", "setup.score",
    "setup.complete", "setup.later", "setup.held", "setup.undone", "setup.vain", "setup_step.name",
    "setup_step.languages", "setup_step.begin", "setup_step.pairs", "setup_step.facts", "setup_step.try",
    "setup_step.score", "setup_choice.starter", "setup_choice.faq", "setup_choice.nothing", "setup_state.new",
    "setup_state.kept", "setup_state.skipped", "setup_state.merged", "setup_ask.question", "setup_ask.answer",
    "setup_ask.title", "setup_sure.starter", "setup_sure.faq", "setup_sure.nothing", "setup_button.begin",
    "setup_button.go_on", "setup_button.over", "setup_button.back", "setup_button.later", "setup_button.next",
    "setup_button.keep_name", "setup_button.only_ru", "setup_button.only_en", "setup_button.ru_en",
    "setup_button.en_ru", "setup_button.starter", "setup_button.faq", "setup_button.nothing", "setup_button.sure",
    "setup_button.beside_starter", "setup_button.only_starter", "setup_button.beside_faq", "setup_button.only_faq",
    "setup_button.keep", "setup_button.skip", "setup_button.question", "setup_button.answer", "setup_button.title",
    "setup_button.merge", "setup_button.ways", "setup_button.keepall", "setup_button.mine", "setup_button.theirs",
    "setup_button.anew", "setup_button.apply", "setup_button.fact_on", "setup_button.fact_off", "setup_button.nofact",
    "setup_button.to_try", "setup_button.teach", "setup_button.write_answer", "setup_button.foreign",
    "setup_button.unteach", "setup_button.to_score", "setup_button.undo", "setup_button.score", "setup_button.finish",
    "setup_fault.not_begun", "setup_fault.held", "setup_fault.outdated", "setup_fault.press",
    "setup_fault.name_empty", "setup_fault.languages_none", "setup_fault.choose_first", "setup_fault.not_text",
    "setup_fault.not_file", "setup_fault.words_none", "setup_fault.question_long", "setup_fault.answer_long",
    "setup_fault.answer_faulty", "setup_fault.no_phrase", "setup_fault.known", "setup_fault.model",
    "setup_fault.no_ways", "setup_fault.nothing_to_merge", "setup_fault.nothing_to_undo",
    "setup_fault.answers_changed", "setup_fault.changed_since", "setup_fault.pack", "setup_fault.pasted",
    "setup_fault.file", "setup_fault.file_gone", "setup_fault.file_away", "faq_fault.damaged", "faq_fault.no_page",
    "faq_fault.csv", "faq_fault.big", "faq_fault.relative", "faq_fault.page_archive", "faq_fault.format",
    "faq_fault.long", "faq_fault.empty", "faq_fault.locked", "faq_fault.unpacks", "faq_fault.no_text",
    "faq_fault.no_pairs", "faq_fault.many_pairs", "faq_unused.no_question", "faq_unused.footer",
    "faq_unused.no_columns", "faq_unused.twice", "faq_unused.no_answer", "faq_unused.not_asked",
    "faq_unused.too_long", "faq_place.line", "faq_place.row", "faq_place.paragraph", "faq_place.message",
    "faq_place.question", "faq_place.table", "setup_fact.phone", "setup_fact.email", "setup_fact.hours",
    "setup_fact.returns", "gap.name", "gap.date", "gap.phone", "gap.email", "gap.number", "gap.link",
    "questions.worth", "questions.worth_line", "questions.none", "questions.group", "questions.figures",
    "questions.line", "questions.ways", "questions.ways_none", "questions.preview", "questions.join",
    "questions.belong", "question_button.worth", "question_button.make", "question_button.belong",
    "question_button.foreign", "question_button.hide", "question_button.join", "question_button.from_reply",
    "question_button.save", "question_button.back", "question_button.undo", "question_button.next",
    "question_done.answered", "question_done.made", "question_done.placed", "question_done.foreign",
    "question_done.hidden", "question_done.changed", "lesson.on_page", "lesson.offer", "lesson.choose", "lesson.made",
    "lesson.joined", "lesson_button.yes", "lesson_button.no", "lesson_button.make", "lesson_button.undo"
]
# fmt: on


@overload
def text_key(section: Literal["customer"], name: CustomerKey) -> TextKey: ...
@overload
def text_key(section: Literal["button"], name: ButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["toast"], name: ToastKey) -> TextKey: ...
@overload
def text_key(section: Literal["card"], name: CardKey) -> TextKey: ...
@overload
def text_key(section: Literal["state"], name: StateKey) -> TextKey: ...
@overload
def text_key(section: Literal["moment"], name: MomentKey) -> TextKey: ...
@overload
def text_key(section: Literal["weekday"], name: WeekdayKey) -> TextKey: ...
@overload
def text_key(section: Literal["on_weekday"], name: OnWeekdayKey) -> TextKey: ...
@overload
def text_key(section: Literal["day_of"], name: DayOfKey) -> TextKey: ...
@overload
def text_key(section: Literal["hours"], name: HoursKey) -> TextKey: ...
@overload
def text_key(section: Literal["ending"], name: EndingKey) -> TextKey: ...
@overload
def text_key(section: Literal["snooze"], name: SnoozeKey) -> TextKey: ...
@overload
def text_key(section: Literal["priority_name"], name: PriorityNameKey) -> TextKey: ...
@overload
def text_key(section: Literal["answer_mode"], name: AnswerModeKey) -> TextKey: ...
@overload
def text_key(section: Literal["priority"], name: PriorityKey) -> TextKey: ...
@overload
def text_key(section: Literal["reason"], name: ReasonKey) -> TextKey: ...
@overload
def text_key(section: Literal["urgency"], name: UrgencyKey) -> TextKey: ...
@overload
def text_key(section: Literal["kind"], name: KindKey) -> TextKey: ...
@overload
def text_key(section: Literal["unread"], name: UnreadKey) -> TextKey: ...
@overload
def text_key(section: Literal["album"], name: AlbumKey) -> TextKey: ...
@overload
def text_key(section: Literal["author"], name: AuthorKey) -> TextKey: ...
@overload
def text_key(section: Literal["desk"], name: DeskKey) -> TextKey: ...
@overload
def text_key(section: Literal["dashboard"], name: DashboardKey) -> TextKey: ...
@overload
def text_key(section: Literal["digest"], name: DigestKey) -> TextKey: ...
@overload
def text_key(section: Literal["board"], name: BoardKey) -> TextKey: ...
@overload
def text_key(section: Literal["find"], name: FindKey) -> TextKey: ...
@overload
def text_key(section: Literal["page_button"], name: PageButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["client"], name: ClientKey) -> TextKey: ...
@overload
def text_key(section: Literal["history"], name: HistoryKey) -> TextKey: ...
@overload
def text_key(section: Literal["note"], name: NoteKey) -> TextKey: ...
@overload
def text_key(section: Literal["admin"], name: AdminKey) -> TextKey: ...
@overload
def text_key(section: Literal["admins"], name: AdminsKey) -> TextKey: ...
@overload
def text_key(section: Literal["connect"], name: ConnectKey) -> TextKey: ...
@overload
def text_key(section: Literal["aside"], name: AsideKey) -> TextKey: ...
@overload
def text_key(section: Literal["editor"], name: EditorKey) -> TextKey: ...
@overload
def text_key(section: Literal["editor_button"], name: EditorButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["autopilot"], name: AutopilotKey) -> TextKey: ...
@overload
def text_key(section: Literal["autopilot_button"], name: AutopilotButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["facts"], name: FactsKey) -> TextKey: ...
@overload
def text_key(section: Literal["fact_button"], name: FactButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["fact_type"], name: FactTypeKey) -> TextKey: ...
@overload
def text_key(section: Literal["fact_fault"], name: FactFaultKey) -> TextKey: ...
@overload
def text_key(section: Literal["variable"], name: VariableKey) -> TextKey: ...
@overload
def text_key(section: Literal["stats"], name: StatsKey) -> TextKey: ...
@overload
def text_key(section: Literal["guide"], name: GuideKey) -> TextKey: ...
@overload
def text_key(section: Literal["engine"], name: EngineKey) -> TextKey: ...
@overload
def text_key(section: Literal["health"], name: HealthKey) -> TextKey: ...
@overload
def text_key(section: Literal["advice"], name: AdviceKey) -> TextKey: ...
@overload
def text_key(section: Literal["model"], name: ModelKey) -> TextKey: ...
@overload
def text_key(section: Literal["webhook"], name: WebhookKey) -> TextKey: ...
@overload
def text_key(section: Literal["language"], name: LanguageKey) -> TextKey: ...
@overload
def text_key(section: Literal["command"], name: CommandKey) -> TextKey: ...
@overload
def text_key(section: Literal["ban"], name: BanKey) -> TextKey: ...
@overload
def text_key(section: Literal["bans"], name: BansKey) -> TextKey: ...
@overload
def text_key(section: Literal["canned"], name: CannedKey) -> TextKey: ...
@overload
def text_key(section: Literal["canned_button"], name: CannedButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["pack_fault"], name: PackFaultKey) -> TextKey: ...
@overload
def text_key(section: Literal["pack_try"], name: PackTryKey) -> TextKey: ...
@overload
def text_key(section: Literal["audit"], name: AuditKey) -> TextKey: ...
@overload
def text_key(section: Literal["label_source"], name: LabelSourceKey) -> TextKey: ...
@overload
def text_key(section: Literal["labels"], name: LabelsKey) -> TextKey: ...
@overload
def text_key(section: Literal["learning_state"], name: LearningStateKey) -> TextKey: ...
@overload
def text_key(section: Literal["audit_place"], name: AuditPlaceKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup"], name: SetupKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_step"], name: SetupStepKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_choice"], name: SetupChoiceKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_state"], name: SetupStateKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_ask"], name: SetupAskKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_sure"], name: SetupSureKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_button"], name: SetupButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_fault"], name: SetupFaultKey) -> TextKey: ...
@overload
def text_key(section: Literal["faq_fault"], name: FaqFaultKey) -> TextKey: ...
@overload
def text_key(section: Literal["faq_unused"], name: FaqUnusedKey) -> TextKey: ...
@overload
def text_key(section: Literal["faq_place"], name: FaqPlaceKey) -> TextKey: ...
@overload
def text_key(section: Literal["setup_fact"], name: SetupFactKey) -> TextKey: ...
@overload
def text_key(section: Literal["gap"], name: GapKey) -> TextKey: ...
@overload
def text_key(section: Literal["questions"], name: QuestionsKey) -> TextKey: ...
@overload
def text_key(section: Literal["question_button"], name: QuestionButtonKey) -> TextKey: ...
@overload
def text_key(section: Literal["question_done"], name: QuestionDoneKey) -> TextKey: ...
@overload
def text_key(section: Literal["lesson"], name: LessonKey) -> TextKey: ...
@overload
def text_key(section: Literal["lesson_button"], name: LessonButtonKey) -> TextKey: ...


def text_key(section: str, name: str) -> str:
    """Return the key of a text whose name is known only as the bot runs. Both are checked by the types."""
    return f"{section}.{name}"
