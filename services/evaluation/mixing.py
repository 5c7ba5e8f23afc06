"""Which scenarios and answers of a pack are taken for each other, worked out apart from whoever asks."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from typing import Final

from services.evaluation.unseen import Mixed, cross_validated, mixed_up
from storage.records import Pack

SHOWN: Final = 12


def mixed(pack: Pack) -> list[Mixed]:
    """Return the pairs, the worst first, by a fifth of the phrases: one training."""
    return mixed_up(cross_validated(pack, seconds=0, parts=1).tried)[:SHOWN]


def mixed_within(pack: Pack, seconds: float) -> list[Mixed] | None:
    """Return them, worked out in a process that is stopped after so long; None where that was too short."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_send, args=(pack, there), daemon=True)
    process.start()
    there.close()
    try:
        return list(here.recv()) if here.poll(seconds) else None
    except EOFError:  # it has failed, and said why on stderr
        return None
    finally:
        process.kill()
        process.join()


def _send(pack: Pack, there: Connection) -> None:
    there.send(mixed(pack))
