"""The words of a message or caption: parsed, measured, refused where Telegram would."""

from __future__ import annotations

from typing import Any, Final

from playground.contents import Content, caption, text
from playground.errors import bad_request
from playground.markup import parse_html
from playground.methods.target import check_length
from playground.params import Params
from playground.text import Entity, detect, trim, units

LONGEST_TEXT: Final = 4096
LONGEST_RAW: Final = 32_768
LONGEST_CAPTION: Final = 1024


def read_text(params: Params) -> Content:
    raw = params.text("text")
    if len(raw.encode("utf-8", "replace")) > LONGEST_RAW:
        raise bad_request("message is too long")
    words, entities = parse(params, raw, "entities")
    if not words:
        raise bad_request("message text is empty")
    check_length(words, LONGEST_TEXT, "message is too long")
    preview = params.record("link_preview_options")
    return text(words, detect(words, entities)) | ({"link_preview_options": preview} if preview else {})


def read_caption(params: Params) -> Content:
    words, entities = parse(params, params.text("caption"), "caption_entities")
    check_length(words, LONGEST_CAPTION, "message caption is too long")
    return caption(words, detect(words, entities))


def parse(params: Params, raw: str, field: str) -> tuple[str, list[Entity]]:
    """Give words and entities, from `parse_mode` or from the entities the caller counted itself."""
    raw = raw.replace("\r", "").replace("\0", "")
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return parse_html(raw)
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"unsupported parse_mode: the playground reads HTML and entities, not {mode}")
    if mode:
        raise bad_request("unsupported parse_mode")
    given = [_entity(entity, raw) for entity in params.items(field) or []]
    return trim(raw, given)


def _entity(entity: Any, words: str) -> Entity:
    try:
        offset, length = int(entity["offset"]), int(entity["length"])
        kept = {key: value for key, value in entity.items() if value is not None}
        found: Entity = kept | {"type": str(entity["type"]), "offset": offset, "length": length}
    except (TypeError, KeyError, ValueError, AttributeError):
        raise bad_request("can't parse MessageEntity: object expected") from None
    if offset < 0 or length <= 0 or offset + length > units(words):
        raise bad_request("entity is out of the text: ENTITY_BOUNDS_INVALID")
    return found
