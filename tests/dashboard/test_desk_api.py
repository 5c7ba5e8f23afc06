"""The desk over HTTP: what is there to see, and that what is done here and what is done in the group are one."""

from __future__ import annotations

from dataclasses import replace

from services.classify.grounds import encode, ground
from services.delivery.messenger import ChatGone, Leave, Sent, Target
from services.messages.effects import Words
from services.scenarios import knowledge
from storage.records import StoredVerdict
from tests.dashboard.visitor import MARIA, OLGA, Browser, new_key, next_of, sign_in
from tests.lines.world import CUSTOMER_ID, GROUP_ID, PACK, World

QUESTION = "не пришла посылка, позовите оператора"


async def ticket(world: World) -> int:
    await world.says(1, QUESTION)
    await world.passes(5)
    return 1


async def test_a_ticket_goes_from_arrival_to_closing_with_one_in_the_group_and_one_on_the_page(
    world: World, maria: Browser
) -> None:
    status, page = await maria.get("tickets", view="waiting")
    assert (status, page["tickets"], page["counts"]) == (200, [], {"waiting": 0, "mine": 0, "open": 0, "snoozed": 0})
    number = await ticket(world)
    _, page = await maria.get("tickets", view="waiting")
    [row] = page["tickets"]
    assert (row["id"], row["customer"], row["state"], row["operator"]) == (number, "Анна", "waiting", None)
    assert row["last"]["author"] == "bot"

    _, told = await maria.does(number, "take")
    assert (told["outcome"], told["words"], told["done"]) == ("taken", "Обращение ваше", True)
    await world.works()
    assert any("Мария" in text for text in world.screen.texts(GROUP_ID))
    await world.presses(GROUP_ID, "Закрыть")
    _, found = await maria.get(f"tickets/{number}")
    assert (found["ticket"]["state"], found["customer"]["name"], found["customer"]["tickets_count"]) == (
        "closed",
        "Анна",
        1,
    )
    assert (await maria.does(number, "take"))[1]["outcome"] == "already_closed"
    _, page = await maria.get("tickets", view="closed")
    assert [row["id"] for row in page["tickets"]] == [number]


async def test_what_the_bot_thought_is_told_in_the_readers_language(world: World, maria: Browser) -> None:
    delivery = replace(PACK.scenarios[0], title={"ru": "Доставка", "en": "Delivery"})
    await knowledge.replace(world.store, replace(PACK, scenarios=(delivery,), version="2"), author="test")
    await world.parts.knowledge.refresh()
    await world.says(1, "срочно позовите оператора, меня обманули мошенники")
    await world.works()
    engine = "Похоже на «мошенники», но и на «Доставка»."
    thought = StoredVerdict(
        scenario="REFERRAL", confidence=0.5, reasoning=engine, engine="local", version="1", latency_ms=1, cost_usd=0
    )
    await world.store.write(lambda unit: unit.verdicts.add(1, thought))
    maria.headers["Accept-Language"] = "ru"
    assert (await maria.lines())[0]["verdict"]["reasoning"] == engine
    assert (await maria.get("tickets/1"))[1]["reasoning"].startswith("Срочно: ")
    maria.headers["Accept-Language"] = "en"
    told = (await maria.lines())[0]["verdict"]["reasoning"]
    assert told == "Close to “мошенники”, but also to “Delivery”."
    kept = encode((ground("rival", phrase="мошенники", title="Доставка"),))
    await world.store.write(lambda unit: unit.verdicts.add(1, replace(thought, reasoning="", grounds=kept)))
    assert (await maria.lines())[0]["verdict"]["reasoning"] == told
    assert (await maria.get("tickets/1"))[1]["reasoning"].startswith("Urgent: ")


async def test_an_answer_given_here_reaches_the_customer_and_stands_in_the_group(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await maria.writes(number, "Уже <b>ищем</b> & везём"))[0] == 200
    await world.works()
    assert world.screen.texts(CUSTOMER_ID)[-1] == "Уже <b>ищем</b> & везём"
    shown = next(text for text in world.screen.texts(GROUP_ID) if "ищем" in text)
    assert shown.startswith("💻 Мария (web)")
    _, found = await maria.get(f"tickets/{number}")
    assert found["ticket"]["state"] == "awaiting_customer"
    assert found["ticket"]["operator"] == {"id": MARIA.id, "name": "Мария"}
    _, said = await maria.get(f"customers/{found['customer']['id']}/lines")
    last = said["lines"][-1]
    assert (last["author"], last["author_name"], last["text"], last["delivered"]) == (
        "operator",
        "Мария",
        "Уже <b>ищем</b> & везём",
        True,
    )
    place = next(one.telegram_id for one in world.screen.shown.values() if "ищем" in one.words.text and one.chat_id < 0)
    await world.operator_says(77, "и от меня привет", reply_to=place)
    assert world.screen.texts(CUSTOMER_ID)[-1] == "и от меня привет"


async def test_a_note_stays_inside_and_so_do_replies_to_it(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await maria.writes(number, "клиент грубит", what="notes"))[0] == 200
    await world.works()
    assert not world.screen.reads(CUSTOMER_ID, "грубит")
    place = next(one.telegram_id for one in world.screen.shown.values() if "грубит" in one.words.text)
    await world.operator_says(78, "да, вчера тоже", reply_to=place)
    assert not world.screen.reads(CUSTOMER_ID, "вчера тоже")
    _, found = await maria.get(f"tickets/{number}")
    assert found["ticket"]["state"] == "waiting"
    _, said = await maria.get(f"customers/{found['customer']['id']}/lines")
    assert (said["lines"][-1]["kind"], said["lines"][-1]["delivered"]) == ("note", None)


async def test_an_answer_to_somebody_who_has_blocked_the_bot_is_not_called_under_way(
    world: World, maria: Browser
) -> None:
    number = await ticket(world)
    say = world.screen.say

    async def refuses(target: Target, words: Words, *, leave: Leave) -> Sent:
        if target.chat_id == CUSTOMER_ID:
            raise ChatGone("Forbidden: bot was blocked by the user")
        return await say(target, words, leave=leave)

    world.screen.say = refuses  # type: ignore[method-assign]  # as a server whose user has blocked the bot
    await maria.writes(number, "вы тут?")
    _, said = await maria.get("customers/1/lines")
    assert (said["lines"][-1]["delivered"], said["lines"][-1]["lost"]) == (False, False), "nobody has tried yet"
    await world.works()
    _, said = await maria.get("customers/1/lines")
    assert (said["lines"][-1]["delivered"], said["lines"][-1]["lost"]) == (False, True)


async def test_what_is_sent_twice_under_one_key_happens_once(world: World, maria: Browser) -> None:
    number = await ticket(world)
    body = {"text": "один раз", "key": new_key()}
    answers = [await maria.post(f"tickets/{number}/replies", **body) for _ in range(2)]
    await world.works()
    assert answers[0] == answers[1]
    assert world.screen.texts(CUSTOMER_ID).count("один раз") == 1
    other = await maria.post(f"tickets/{number}/replies", text="и ещё", key=body["key"])
    noted = await maria.post(f"tickets/{number}/notes", **body)
    await world.works()
    assert len({answers[0][1]["id"], other[1]["id"], noted[1]["id"]}) == 3, "another text is another change"
    assert world.screen.texts(CUSTOMER_ID)[-1] == "и ещё"


async def test_every_verb_works_and_only_what_is_offered_can_be_chosen(world: World, maria: Browser) -> None:
    number = await ticket(world)
    for action, choice, outcome in (
        ("reopen", None, "already_open"),
        ("take", None, "taken"),
        ("release", None, "released"),
        ("priority", "high", "priority_set"),
        ("snooze", "reply", "snoozed"),
        ("take", None, "taken"),
        ("close", "silent", "closed"),
        ("reopen", None, "reopened"),
    ):
        status, told = await maria.does(number, action, choice)
        assert (status, told.get("outcome")) == (200, outcome), (action, told)
    for action, choice in (("priority", "huge"), ("snooze", None), ("hand", "x"), ("close", "no"), ("take", "1")):
        assert (await maria.does(number, action, choice))[0] == 422, action
    assert (await maria.does(number, "hand", "999"))[1]["outcome"] == "outdated"
    assert (await maria.does(99, "take"))[0] == 404
    assert (await maria.writes(99, "никому"))[0] == 404


async def test_a_ticket_is_handed_to_a_colleague(world: World, maria: Browser) -> None:
    number = await ticket(world)
    olga = await sign_in(world, maria, OLGA)
    await olga.does(number, "take")
    _, choices = await maria.get("choices")
    assert choices["scenarios"]["DELIVERY"] == "DELIVERY"
    assert choices["words"]["ending"]["spam"] == "Спам"
    assert choices["colleagues"] == [{"id": OLGA.id, "name": "Ольга"}]
    await maria.does(number, "release")
    await maria.does(number, "take")
    assert (await maria.does(number, "hand", str(OLGA.id)))[1]["outcome"] == "handed"
    _, found = await maria.get(f"tickets/{number}")
    assert found["ticket"]["operator"] == {"id": OLGA.id, "name": "Ольга"}


async def test_pages_follow_each_other_and_filters_narrow_them(world: World, maria: Browser) -> None:
    for one in range(7):
        await maria.writes_as(f"client-{one}", "жалоба, позовите оператора")
    _, first = await maria.get("tickets", view="open", limit=3)
    _, second = await maria.get("tickets", view="open", limit=3, after=first["next"])
    _, third = await maria.get("tickets", view="open", limit=3, after=second["next"])
    shown = [row["id"] for page in (first, second, third) for row in page["tickets"]]
    assert (shown, third["next"]) == ([1, 2, 3, 4, 5, 6, 7], None)
    await maria.does(5, "priority", "critical")
    _, page = await maria.get("tickets", view="open", limit=1)
    assert [row["id"] for row in page["tickets"]] == [5]
    for narrowed, expected in (
        ({"priority": "critical"}, [5]),
        ({"channel": "telegram"}, []),
        ({"channel": "api", "priority": "critical"}, [5]),
        ({"operator": MARIA.id}, []),
        ({"operator": 0, "priority": "critical"}, [5]),
        ({"place": "-1002.0"}, []),
        ({"scenario": "DELIVERY"}, []),
    ):
        _, page = await maria.get("tickets", view="open", **narrowed)
        assert [row["id"] for row in page["tickets"]] == expected, narrowed
    _, page = await maria.get("tickets", place="0.0", priority="critical")
    assert page["counts"] == {"waiting": 1, "mine": 0, "open": 1, "snoozed": 0}, "counts are of what the filters leave"
    _, page = await maria.get("tickets", channel="telegram")
    assert page["counts"] == {"waiting": 0, "mine": 0, "open": 0, "snoozed": 0}
    assert (await maria.get("tickets", place="somewhere"))[0] == 422
    assert (await maria.get("tickets", after="nonsense"))[0] == 422
    assert (await maria.get("tickets", view="all"))[0] == 422


async def test_a_conversation_is_read_upwards(world: World, maria: Browser) -> None:
    await ticket(world)
    for number in range(2, 9):
        await world.says(number, f"строка {number}")
    _, last = await maria.get("customers/1/lines", limit=4)
    assert last["more"]
    _, above = await maria.get("customers/1/lines", limit=100, before=last["lines"][0]["id"])
    assert not above["more"]
    texts = [line["text"] for line in above["lines"] + last["lines"] if line["author"] == "customer"]
    assert texts == [QUESTION, *(f"строка {number}" for number in range(2, 9))]
    assert (await maria.get("customers/77/lines"))[0] == 404
    assert (await maria.get("tickets/77"))[0] == 404
    assert (await maria.get("tickets/7x"))[0] == 404


async def test_what_happens_in_the_group_is_told_at_once_and_what_was_missed_afterwards(
    world: World, maria: Browser
) -> None:
    async with maria.events() as events:
        number, hello = await next_of(events)
        assert hello["everything"]
        await ticket(world)
        told: set[int] = set()
        while 1 not in told:
            _, news = await next_of(events)
            told |= set(news["tickets"])
        await world.presses(GROUP_ID, "Взять")
        _, news = await next_of(events)
        assert news == {"tickets": [1], "customers": [], "everything": False}
    await maria.does(1, "release")
    async with maria.events(last=number) as events:
        _, missed = await next_of(events)
        assert missed["tickets"] == [1]
        assert missed["customers"] == [1]
    async with maria.events(last="99999999-99999999") as events:
        assert (await next_of(events))[1]["everything"]


async def test_two_operators_take_one_ticket_and_one_of_them_gets_it(world: World, maria: Browser) -> None:
    number = await ticket(world)
    olga = await sign_in(world, maria, OLGA)
    outcomes = [(await who.does(number, "take"))[1]["outcome"] for who in (olga, maria)]
    assert outcomes == ["taken", "taken_by"]


async def test_answers_that_are_ready_read_as_the_customer_would_read_them(world: World, maria: Browser) -> None:
    number = await ticket(world)
    _, found = await maria.get(f"tickets/{number}/answers")
    assert [(one["scenario"], one["text"], one["missing"]) for one in found["answers"]] == [
        ("DELIVERY", "Ответ DELIVERY.", []),
        ("PRICING", "Ответ PRICING.", []),
    ]
    assert (await maria.get("tickets/77/answers"))[0] == 404


async def test_the_topic_is_corrected_and_the_right_answer_comes_first(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await maria.does(number, "correct", "PRICING"))[1]["outcome"] == "corrected"
    _, found = await maria.get(f"tickets/{number}")
    assert found["ticket"]["scenario"] == "PRICING"
    _, found = await maria.get(f"tickets/{number}/answers")
    assert [(one["scenario"], one["proposed"]) for one in found["answers"]] == [("PRICING", True), ("DELIVERY", False)]
    assert (await maria.does(number, "correct", "none"))[1]["outcome"] == "corrected_none"
    assert (await maria.does(number, "correct", "NO_SUCH"))[1]["outcome"] == "outdated"
    assert (await maria.does(number, "correct", "no such"))[0] == 422


async def test_a_note_on_the_customer_is_kept_and_taken_away(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await maria.put("customers/1/note", text="<b>платит вовремя</b>", before=None, key=new_key()))[0] == 200
    await world.works()
    _, found = await maria.get(f"tickets/{number}")
    assert found["customer"]["note"] == "<b>платит вовремя</b>"
    await maria.put("customers/1/note", text=" ", before="<b>платит вовремя</b>", key=new_key())
    _, found = await maria.get(f"tickets/{number}")
    assert found["customer"]["note"] is None
    assert (await maria.put("customers/77/note", text="x", before=None, key=new_key()))[0] == 404
    assert (await maria.put("customers/1/note", text="x" * 1001, before=None, key=new_key()))[0] == 422


async def test_a_note_is_not_written_over_what_a_colleague_has_noted_meanwhile(world: World, maria: Browser) -> None:
    number = await ticket(world)
    first = {"text": "платит вовремя", "before": None, "key": new_key()}
    assert (await maria.put("customers/1/note", **first))[0] == 200
    assert (await maria.put("customers/1/note", text="звонить утром", before=None, key=new_key()))[0] == 409
    assert (await maria.put("customers/1/note", **first))[0] == 200, "sent again, it is kept already"
    _, found = await maria.get(f"tickets/{number}")
    assert found["customer"]["note"] == "платит вовремя"
    assert (await maria.put("customers/1/note", text="звонить", before="платит вовремя", key=new_key()))[0] == 200


async def test_a_customer_is_banned_and_let_in_again(world: World, maria: Browser) -> None:
    number = await ticket(world)
    assert (await maria.does(number, "ban"))[0] == 422
    assert (await maria.does(number, "ban", "loudly"))[0] == 422
    assert (await maria.does(number, "ban", "silent"))[0] == 200
    _, found = await maria.get(f"tickets/{number}")
    assert found["customer"]["banned"]
    assert (await maria.does(number, "unban"))[0] == 200
    _, found = await maria.get(f"tickets/{number}")
    assert not found["customer"]["banned"]


async def test_answers_of_the_team_stand_beside_those_of_the_pack(world: World, maria: Browser) -> None:
    number = await ticket(world)
    reply = {"title": "Склад", "text": "Здравствуйте, {{ customer.first_name }}! Склад открыт.", "author": "Ольга"}
    await world.store.write(lambda unit: unit.canned.add(**reply))
    _, found = await maria.get(f"tickets/{number}/answers")
    own = found["answers"][-1]
    assert (own["scenario"], own["title"], own["text"]) == (None, "Склад", "Здравствуйте, Анна! Склад открыт.")
