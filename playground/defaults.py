"""What the playground is called with nobody asking: names, ids, port. Launchers read them to start a bot beside it."""

from __future__ import annotations

from typing import Final

HOST: Final = "127.0.0.1"
PORT: Final = 8080
TOKEN: Final = "8080:playground-test-token"  # noqa: S105  opens nothing but a playground
BOT_NAME: Final = "Playground Support"
BOT_USERNAME: Final = "playground_support_bot"

GROUP_ID: Final = -1002000000001
"""The operator group: `SUPPORT_OPERATORS__CHAT_ID` of a bot that stands behind the page."""
GROUP_TITLE: Final = "Support team"
ADMIN_ID: Final = 501
"""The first operator of the page, who is the admin too: `SUPPORT_TELEGRAM__ADMIN_IDS`."""
OPERATOR_ID: Final = 502
FIRST_CUSTOMER_ID: Final = 1001
CHANNEL_ID: Final = -1003000000001
"""A channel with direct messages, whose chat has the next number."""
