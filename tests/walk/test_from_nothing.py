"""From a token to the first card: nothing is set but that."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from structlog.testing import capture_logs

from tests.walk.conftest import opened

NOTHING: Final[dict[str, Any]] = {"SUPPORT_TELEGRAM__ADMIN_IDS": "", "SUPPORT_OPERATORS__CHAT_ID": ""}


async def test_token_run_code_group_button(sqlite_url: str, home: Path) -> None:
    with capture_logs() as logged:
        async with opened(sqlite_url, **NOTHING) as house:
            playground = house.playground
            house.anna.send("/operator")
            assert "ещё не видели" in (await house.answer(house.anna)).text
            told = next(event for event in logged if event["event"] == "admins.none")
            assert told["open"].startswith("https://t.me/playground_support_bot?start=admin_")
            house.olga.open_link(told["open"].partition("?start=")[2])
            await playground.wait_for(
                lambda: [one for one in house.olga.replies if "Добавьте меня в группу" in one.text]
            )
            home_group = playground.add_group("Операторы", with_bot=False)
            home_group.add_bot(house.olga.user)
            (asked,) = await playground.wait_for(lambda: [one for one in home_group.from_bot if one.buttons])
            house.olga.at(home_group).press(asked, str(asked.buttons[0].data))
            await playground.wait_for(lambda: [one for one in home_group.from_bot if "№1" in one.text])
            assert "Сделайте меня администратором" in home_group.from_bot[0].text, "what is missing is said"
            (answered,) = await playground.wait_for(lambda: playground.calls.of("answerCallbackQuery"))
            assert "группа операторов" in str(answered)
