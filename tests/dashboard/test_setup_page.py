"""The set-up on the page: the same steps as in Telegram, over the same rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest

from handlers.http.desk.visits import COOKIE, CSRF
from services.classify.verdict import Guess, Verdict
from services.dashboard.trials import places_by_likelihood
from services.setup.state import setup_of
from storage.closed_sets import Action
from storage.records import Scenario
from tests.dashboard.visitor import MARIA, OLGA, Browser, sign_in
from tests.lines.world import OPERATOR_ID, World

pytestmark = pytest.mark.long  # models are trained, or whole bots started

FAQ: Final = "question,answer\nDo you ship abroad?,Call +1 555 010 7788.\nCan I pay in cash?,Yes.\n"


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(database_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=f"[{MARIA.id},{OPERATOR_ID}]")
    await made.open()
    yield made
    await made.close()


async def step(browser: Browser, action: str, what: str = "") -> dict[str, Any]:
    status, told = await browser.post("setup", action=action, what=what)
    assert status == 200, told
    return dict(told)


async def writes(browser: Browser, into: str, text: str, **more: Any) -> dict[str, Any]:
    status, told = await browser.post("setup/words", into=into, text=text, **more)
    assert status == 200, told
    return dict(told)


async def sends(browser: Browser, name: str, content: bytes) -> tuple[int, Any]:
    """Send a file as the page does."""
    headers = {"Cookie": f"{COOKIE}={browser.cookie}", CSRF: browser.csrf, "Content-Type": "application/octet-stream"}
    headers |= {"Accept-Language": "en"}
    address = f"{browser.base}/api/desk/setup/file"
    async with browser.http.post(address, params={"name": name}, data=BytesIO(content), headers=headers) as answer:
        return answer.status, await answer.json()


async def to_the_file(browser: Browser) -> None:
    await step(browser, "open")
    await writes(browser, "name", "Lamp Shop")
    await step(browser, "lang", "en")
    await step(browser, "want", "faq")
    assert (await step(browser, "sure", "beside"))["step"] == "pairs"


async def test_a_file_becomes_answers_and_facts(world: World, maria: Browser) -> None:
    await to_the_file(maria)
    status, told = await sends(maria, "faq.csv", FAQ.encode())
    assert (status, [one["state"] for one in told["pairs"]]) == (200, ["new", "new"])
    first, second = (str(one["id"]) for one in told["pairs"])
    await writes(maria, "answer", "Call <b>+1 555 010 7788</b>.", pair=int(first))
    await step(maria, "keep", first)
    told = await step(maria, "skip", second)
    assert [one["state"] for one in told["pairs"]] == ["kept", "skipped"]
    assert [(one["key"], one["ticked"]) for one in told["found"]] == [("phone", True)]
    told = await step(maria, "apply")
    assert (told["step"], told["applied"]) == ("facts", True)
    [answer] = next(one for one in (await pack(world)) if one.key == "FAQ").answers
    assert answer.templates[0].text == "Call <b>{{ facts.phone }}</b>."
    assert (await step(maria, "undo"))["applied"] is False
    assert {one.key for one in await pack(world)} == {"DELIVERY", "PRICING", "COMPLAINT"}


async def pack(world: World) -> Any:
    return await world.store.read(lambda unit: unit.scenarios.load()[0])


async def test_what_was_begun_in_telegram_goes_on_here(world: World, maria: Browser) -> None:
    await step(maria, "open")
    status, refused = await (await sign_in(world, maria, OLGA)).post("setup", action="next", what="")
    assert status == 409, refused
    olga = await sign_in(world, maria, OLGA)
    assert (await step(olga, "over"))["mine"] is True
    person = {"id": OPERATOR_ID, "first_name": "O"}
    body = {"message_id": 5, "date": 1, "chat": person | {"type": "private"}, "from": person | {"is_bot": False}}
    await world.arrives("message", body | {"text": "Lamp Shop"})
    await world.works()
    _, told = await olga.get("setup")
    assert (told["step"], told["service"]) == ("languages", "Lamp Shop")
    _, me = await olga.get("me")
    assert (me["app"], me["invited"]) == ("Lamp Shop", True)


async def test_a_file_before_the_set_up_has_begun_is_told_so(maria: Browser) -> None:
    for path, body in (
        ("setup/words", {"into": "name", "text": "Lamp Shop"}),
        ("setup", {"action": "next", "what": ""}),
    ):
        status, told = await maria.post(path, **body)
        assert (status, "ещё не начата" in told["detail"]) == (409, True), told


NOT_READ: Final = {
    "empty": ("faq.csv", b"", 422, "nothing to read"),
    "of another kind": ("faq.pdf", b"%PDF", 422, "save it as DOCX"),
    "too large": ("faq.csv", b"a" * 5_000_001, 413, "5"),
}


@pytest.mark.parametrize(("name", "content", "code", "words"), NOT_READ.values(), ids=NOT_READ)
async def test_what_cannot_be_read_is_told(maria: Browser, name: str, content: bytes, code: int, words: str) -> None:
    await to_the_file(maria)
    status, told = await sends(maria, name, content)
    assert status == code
    assert words in told["detail"]
    _, now = await maria.get("setup")
    assert now["step"] == "pairs"


async def test_a_faulty_answer_is_named_and_nothing_changes(maria: Browser) -> None:
    await to_the_file(maria)
    await writes(maria, "paste", "Do you ship?\nYes.\n\nCan I pay in cash?\nSure.")
    _, now = await maria.get("setup")
    pair = now["pairs"][0]["id"]
    status, told = await maria.post("setup/words", into="answer", text="<b>Yes", pair=pair)
    assert status == 422, told
    status, told = await maria.post("setup", action="keep", what="99999")
    assert status == 409, told
    _, now = await maria.get("setup")
    assert now["pairs"][0]["html"] == "Yes."


async def test_the_score_counts_what_was_tried(world: World, maria: Browser) -> None:
    await step(maria, "open")
    await writes(maria, "test", "доставка")
    for _ in range(2):
        await step(maria, "next")
    await step(maria, "want", "nothing")
    await step(maria, "back")
    _, told = await maria.get("setup", score="true")
    assert told["score"] == {"n": 1, "answered": 1, "suggested": 0, "people": 0, "of_tests": True}
    await step(maria, "finish")
    assert (await world.store.read(setup_of)).complete
    _, me = await maria.get("me")
    assert me["invited"] is False


VAN: Final = "when does the van come"


async def teaches(browser: Browser, to: str, text: str = VAN, **more: Any) -> tuple[int, Any]:
    return await browser.post("answers/teach", text=text, language="en", to=to, **more)


async def known(world: World) -> dict[str, list[str]]:
    """Return the scenarios that know it, or the background."""
    scenarios, background = await world.store.read(lambda unit: unit.scenarios.load())
    found = {one.key: [text for texts in one.phrases.values() for text in texts if text == VAN] for one in scenarios}
    found["background"] = [line.text for line in background if line.text == VAN]
    return {key: texts for key, texts in found.items() if texts}


async def test_what_was_tried_is_taught_here_too(world: World, maria: Browser) -> None:
    _, tried = await maria.post("answers/try", text="доставка", language="ru", changed=None)
    assert [one["name"] for one in tried["places"]] == ["DELIVERY", "PRICING", "COMPLAINT"], "the likeliest first"
    assert await teaches(maria, "place", scenario="DELIVERY") == (
        200,
        {"scenario": "DELIVERY", "answer": None, "title": "DELIVERY"},
    )
    assert set(await known(world)) == {"DELIVERY"}
    assert (await teaches(maria, "place", scenario="DELIVERY"))[0] == 422, "it is known already"
    assert (await teaches(maria, "foreign"))[0] == 200
    assert set(await known(world)) == {"background"}
    assert (await maria.post("answers/unteach"))[0] == 200
    assert set(await known(world)) == {"DELIVERY"}
    assert (await maria.post("answers/unteach"))[0] == 409, "once"
    _, made = await teaches(maria, "answer", html="At <b>nine</b>.")
    assert set(await known(world)) == {made["scenario"]}
    assert next(one for one in await pack(world) if one.key == made["scenario"]).mode == "auto"
    assert (await maria.post("answers/unteach"))[0] == 200
    assert set(await known(world)) == {"DELIVERY"}


@pytest.mark.parametrize(
    ("to", "more", "code"),
    [
        ("place", {}, 422),
        ("place", {"scenario": "GONE"}, 409),
        ("place", {"scenario": "DELIVERY", "answer": "GONE"}, 409),
        ("answer", {}, 422),
        ("answer", {"html": "<b>At nine"}, 422),
        ("foreign", {"text": "long " * 100}, 422),
        ("nobody", {}, 422),
    ],
)
async def test_what_cannot_be_taught_changes_nothing(
    world: World, maria: Browser, to: str, more: dict[str, Any], code: int
) -> None:
    before = await pack(world)
    assert (await teaches(maria, to, **more))[0] == code
    assert await pack(world) == before


async def test_a_lesson_on_the_page_does_not_keep_the_set_up_from_being_taken_back(
    world: World, maria: Browser
) -> None:
    await to_the_file(maria)
    await sends(maria, "faq.csv", FAQ.encode())
    await step(maria, "keepall")
    await step(maria, "apply")
    faq = next(one for one in await pack(world) if one.key == "FAQ")
    assert (await teaches(maria, "place", scenario="FAQ", answer=faq.answers[0].key))[0] == 200
    assert (await step(maria, "undo"))["applied"] is False
    assert {one.key for one in await pack(world)} == {"DELIVERY", "PRICING", "COMPLAINT"}


def test_of_answers_to_choose_from_small_talk_and_what_is_peoples_come_last_unless_likely() -> None:
    def scenario(key: str, action: Action = "answer") -> Scenario:
        return Scenario(key=key, title={}, description="", priority="low", action=action, examples={}, templates=())

    known = [scenario("GREETING"), scenario("COMPLAINT", "escalate"), scenario("PAY"), scenario("SHIP")]

    def named(*chances: tuple[str, float]) -> tuple[str, ...]:
        nearest = tuple(Guess(scenario=key, confidence=chance) for key, chance in chances)
        first, chance = chances[0]
        said = Verdict(scenario=first, confidence=chance, reasoning="", engine="local", version="1", nearest=nearest)
        return places_by_likelihood(said, known)

    assert named(("GREETING", 0.07), ("COMPLAINT", 0.05), ("SHIP", 0.04)) == ("SHIP", "PAY", "GREETING", "COMPLAINT")
    assert named(("COMPLAINT", 0.6), ("PAY", 0.2)) == ("COMPLAINT", "PAY", "SHIP", "GREETING")
