"""A colleague goes on with the set-up, on the page or in the chat: the admin who was at it hears so at once."""

from __future__ import annotations

from services.messages.addresses import on_telegram
from services.messages.effects import PrivateChat, Say
from services.queues.outbox import PRESSED, Outgoing
from services.setup import pages
from services.setup.state import Holder
from services.setup.view import View
from storage.units import Unit


def tell_replaced(unit: Unit, former: Holder | None, view: View, language: str) -> None:
    """Say who is at it now, where anybody was: what they write next is a customer's line."""
    if former is None:
        return
    outgoing = Outgoing(unit, f"setup_replaced:{view.setup.changes}")
    for words in pages.held(view, language):
        outgoing.put(Say(to=PrivateChat(address=on_telegram(former.id)), words=words), rank=PRESSED)
