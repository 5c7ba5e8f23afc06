"""Where an answer stands among its own texts: how far back it goes, and forward again.

Nothing of a version says whether somebody wrote it or went back to it: a text that is the one of before, or of after,
is a step there. So two undos go two texts back, and no column has to remember them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.messages.callbacks import WordingAction
from storage.template_versions import TemplateVersion, earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The texts beside the one that stands."""

    back: str | None = None
    forward: str | None = None


def steps(texts: Iterable[str]) -> Steps:
    """Follow an answer through its texts, oldest first; return what lies beside the last of them.

    Who goes back and then writes something new loses nothing: what lay ahead is put before all that came earlier.
    """
    line: list[str] = []
    at = 0
    for text in texts:
        if text in line[max(at - 1, 0) : at + 2]:
            at = line.index(text)
        else:
            line = [one for one in (*line[at + 1 :], *line[: at + 1]) if one != text] + [text]
            at = len(line) - 1
    return Steps(back=line[at - 1] if at else None, forward=line[at + 1] if at + 1 < len(line) else None)


def steps_from(versions: Iterable[TemplateVersion], wording_id: int) -> Steps:
    """Return what lies beside a version, going by those whose place it has taken."""
    known = {one.id: one for one in versions}
    before = earlier(known.values())
    texts: list[str] = []
    one = known.get(wording_id)
    while one is not None:
        texts.append(one.text)
        one = before.get(one.id)
    return steps(reversed(texts))


def possible_actions(versions: Iterable[TemplateVersion], wording_id: int) -> tuple[WordingAction, ...]:
    """Return which steps can be made from a version."""
    found = steps_from(versions, wording_id)
    back: tuple[WordingAction, ...] = () if found.back is None else ("undo",)
    return back if found.forward is None else (*back, "redo")


def removed(versions: Sequence[TemplateVersion], language: str) -> list[TemplateVersion]:
    """Return what was taken away without a successor and is read nowhere else; what went last stands last."""
    replaced = {one.id for one in earlier(versions).values()}
    stand = {one.text for one in versions if one.language == language and one.retired_at is None}
    gone = [
        (one.retired_at, one.id, one)
        for one in versions
        if one.language == language and one.retired_at and one.id not in replaced and one.text not in stand
    ]
    return [one for _, _, one in sorted(gone)]
