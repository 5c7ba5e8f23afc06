// Which commands of the bot a chat shows: the narrowest scope wins, then the reader's language.

export function commandsFor(all, chat, language) {
  if (chat.elsewhere) return [];
  const scopes =
    chat.type === "private"
      ? [`chat:${chat.id}`, "all_private_chats", "default"]
      : [`chat_administrators:${chat.id}`, `chat:${chat.id}`, "all_chat_administrators", "all_group_chats", "default"];
  for (const scope of scopes)
    for (const code of [language ?? "", ""]) {
      const found = all[`${scope}:${code}`];
      if (found?.length) return found;
    }
  return [];
}
