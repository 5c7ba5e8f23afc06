"""Who holds the code that a start prints becomes the first admin; admins make and remove others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.connecting.codes import TOGETHER, VALID, digest_of, new_code
from services.connecting.tries import BY_ALL, BY_ONE
from storage.audit import AuditFilters
from storage.units import Unit
from tests.lines.connecting import OWNER, STRANGER, buttons, owned, press_of, presses, writes
from tests.lines.world import World


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(database_url, tmp_path, SUPPORT_OPERATORS__CHAT_ID="")
    await made.open()
    yield made
    await made.close()


def reads(world: World, user_id: int) -> str:
    return "\n".join(world.screen.texts(user_id))


async def is_admin(world: World, user_id: int) -> bool:
    await world.parts.connecting.team_refresh.look()
    return await world.parts.admins.counts(user_id)


async def actions(world: World) -> list[str]:
    return [
        one.action for one in await world.store.read(lambda unit: unit.audit.page(AuditFilters(), before=None, most=9))
    ]


@pytest.mark.parametrize("words", ["/start admin_{}", "/admin {}", "/ADMIN  admin_{}"])
async def test_the_holder_of_the_code_becomes_the_first_admin_once(world: World, words: str) -> None:
    code = await world.parts.connecting.enrolment.first_code()
    assert code is not None
    await writes(world, OWNER, words.format(code))
    assert await is_admin(world, OWNER)
    assert "Теперь вы администратор" in reads(world, OWNER)
    assert "startgroup=true" in reads(world, OWNER), "the next step is the group"
    await writes(world, STRANGER, words.format(code))
    assert not await is_admin(world, STRANGER)
    assert "неверен или уже использован" in reads(world, STRANGER)
    assert await world.parts.connecting.enrolment.first_code() is None, "there is an admin"
    assert await actions(world) == ["admin_added"]


async def test_the_code_is_kept_as_a_hash_and_with_no_message(world: World) -> None:
    code = await world.parts.connecting.enrolment.first_code()
    assert code is not None
    kept = await world.store.read(lambda unit: unit.admins.codes())
    assert [one.digest for one in kept] == [digest_of(code)]
    await writes(world, STRANGER, f"/admin {code}x")
    await writes(world, OWNER, f"/admin {code}")

    def look(unit: Unit) -> list[str]:
        return unit.personal_data.payloads([f"p:{OWNER}", f"p:{STRANGER}"])

    assert not [payload for payload in await world.store.read(look) if code in payload]
    assert await world.store.read(lambda unit: unit.admins.codes()) == []


async def test_of_two_who_send_it_at_once_one_is_admin(world: World) -> None:
    code = await world.parts.connecting.enrolment.first_code()
    await asyncio.gather(writes(world, OWNER, f"/admin {code}"), writes(world, STRANGER, f"/admin {code}"))
    assert [await is_admin(world, OWNER), await is_admin(world, STRANGER)].count(True) == 1


async def test_tries_are_counted_for_each_and_for_all(world: World) -> None:
    code = await world.parts.connecting.enrolment.first_code()
    for number in range(BY_ONE):
        await writes(world, STRANGER, f"/admin guess{number}")
    await writes(world, STRANGER, f"/admin {code}")
    assert "Слишком много попыток" in reads(world, STRANGER)
    for number in range(BY_ALL):
        await writes(world, 700 + number // BY_ONE, f"/admin guess{number}")
    await writes(world, OWNER, f"/admin {code}")
    assert not await is_admin(world, OWNER)
    world.now += timedelta(hours=1, seconds=1)
    await writes(world, OWNER, f"/admin {code}")
    assert await is_admin(world, OWNER)


async def test_the_next_start_replaces_the_code_and_replicas_do_not(world: World) -> None:
    enrolment = world.parts.connecting.enrolment
    first, second = await enrolment.first_code(), await enrolment.first_code()
    assert len(await world.store.read(lambda unit: unit.admins.codes())) == 2, "replicas that start at once"
    world.now += 2 * TOGETHER
    third = await enrolment.first_code()
    for code in (first, second):
        await writes(world, STRANGER, f"/admin {code}")
    assert not await is_admin(world, STRANGER)
    await writes(world, OWNER, f"/admin {third}")
    assert await is_admin(world, OWNER)


async def test_an_ordinary_customer_is_not_disturbed(world: World) -> None:
    await writes(world, STRANGER, "/start friend")
    await writes(world, STRANGER, "/admins")
    assert "администратор" not in reads(world, STRANGER).lower()


async def test_an_admin_invites_another_by_a_link_for_one_use(world: World) -> None:
    await owned(world)
    await writes(world, OWNER, "/admins")
    assert "Вера" in world.screen.texts(OWNER)[-1]
    await presses(world, OWNER, OWNER, "Пригласить")
    link = world.screen.texts(OWNER)[-1].rpartition("?start=")[2]
    await writes(world, STRANGER, f"/start {link}")
    assert await is_admin(world, STRANGER)
    assert "новый администратор: Олег" in reads(world, OWNER)
    await writes(world, 700, f"/start {link}")
    assert not await is_admin(world, 700)
    assert await actions(world) == ["admin_added", "admin_invited", "admin_added"]


async def test_a_link_ends_after_a_day(world: World) -> None:
    await owned(world)
    code = await world.store.write(lambda unit: new_code(unit, first=False, made_by="Вера"))
    world.now += VALID + timedelta(seconds=1)
    await writes(world, STRANGER, f"/admin {code}")
    assert "Срок этой ссылки вышел" in reads(world, STRANGER)
    assert not await is_admin(world, STRANGER)


async def test_an_admin_is_removed_after_a_question_and_the_last_one_stays(world: World) -> None:
    await owned(world)
    await world.store.write(lambda unit: unit.admins.add(STRANGER, name="Олег", made_by="Вера"))
    await world.parts.connecting.team_refresh.look()
    await writes(world, OWNER, "/admins")
    await presses(world, OWNER, OWNER, "Убрать: Олег")
    assert await presses(world, OWNER, OWNER, "Да, убрать") == "Больше не администратор"
    assert not await is_admin(world, STRANGER)
    assert "больше не администратор" in reads(world, STRANGER)
    await presses(world, OWNER, OWNER, "Убрать: Вера")
    assert "последний администратор" in await presses(world, OWNER, OWNER, "Да, убрать")
    assert await is_admin(world, OWNER)


async def test_a_former_admin_presses_in_vain(world: World) -> None:
    await owned(world)
    await world.store.write(lambda unit: unit.admins.add(STRANGER, name="Олег", made_by="Вера"))
    await world.parts.connecting.team_refresh.look()
    await writes(world, STRANGER, "/admins")
    late = press_of(world, STRANGER, STRANGER, "Убрать: Вера")
    await world.store.write(lambda unit: unit.admins.remove(STRANGER))
    await world.parts.connecting.team_refresh.look()
    await world.arrives("callback_query", late)
    await world.works()
    assert "Да, убрать" not in buttons(world, STRANGER)
    assert await is_admin(world, OWNER)


async def test_ids_of_the_settings_count_always_and_leave_no_code(database_url: str, tmp_path: Path) -> None:
    world = World(database_url, tmp_path, SUPPORT_TELEGRAM__ADMIN_IDS=str(STRANGER))
    await world.open()
    assert await world.parts.connecting.enrolment.first_code() is None
    code = await world.store.write(lambda unit: new_code(unit, first=True, made_by="support-bot"))
    await writes(world, OWNER, f"/admin {code}")
    assert not await is_admin(world, OWNER), "a first code ends with the first admin"
    await writes(world, STRANGER, "/admins")
    assert f"{STRANGER}</code>), из настроек" in reads(world, STRANGER)
    await world.close()
