"""However many connect and say nothing, those who ask are answered."""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import ClientSession, web
from structlog.testing import capture_logs

from handlers.http.connection_limit import ConnectionLimit, neighbourhood
from handlers.http.listener import MOST, listening
from handlers.http.log_throttle import MOST_SUBJECTS, LogThrottle, LogThrottles
from tests.http.conftest import until
from tests.ports import free_port
from tests.walk.conftest import House, opened

IDLE = 2000


@pytest.fixture
def handles() -> Iterator[None]:
    """Both ends of thousands of connections stand in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
async def house(sqlite_url: str, home: object, handles: None) -> AsyncIterator[House]:
    async with opened(sqlite_url) as opened_house:
        opened_house.anna.send("/start")
        await opened_house.answer(opened_house.anna)
        yield opened_house


@asynccontextmanager
async def crowd(base: str, count: int, words: bytes = b"") -> AsyncIterator[list[socket.socket]]:
    """Connect, say a little and then nothing more."""
    port = int(base.rpartition(":")[2])
    connections: list[socket.socket] = []
    try:
        for _ in range(0, count, 100):
            connections += await asyncio.gather(*(_guest(port, words) for _ in range(100)))
        yield connections
    finally:
        for connection in connections:
            connection.close()


async def _guest(port: int, words: bytes) -> socket.socket:
    connection = socket.socket()
    connection.settimeout(0)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(connection, ("127.0.0.1", port))
    with suppress(ConnectionError):  # shown out before it could say anything
        await loop.sock_sendall(connection, words)
    return connection


async def look(http: ClientSession, url: str) -> float:
    began = time.perf_counter()
    async with http.get(url) as answer:
        assert answer.status == 200
    return time.perf_counter() - began


def is_open(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@asynccontextmanager
async def listened(head_s: float) -> AsyncIterator[str]:
    port = free_port()
    async with listening(web.Application(), host="127.0.0.1", port=port, last_requests_s=0.1, head_s=head_s):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("words", [b"", b"GET / HT", b"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nA: "])
async def test_thousands_who_say_nothing_keep_nobody_out(house: House, http: ClientSession, words: bytes) -> None:
    async with crowd(house.http, IDLE, words) as connections:
        for _ in range(5):
            assert await look(http, f"{house.http}/health/live") < 60
        question = house.anna.send("где моя посылка, когда доставят заказ?")
        await house.answer(house.anna, question)
        await until(lambda: sum(map(is_open, connections)) <= MOST)


@pytest.mark.parametrize("words", [b"", b"GET / HTTP/1.1\r\n"])
async def test_who_never_ends_a_request_is_shown_out(words: bytes) -> None:
    async with listened(head_s=0.3) as base:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rpartition(":")[2]))
        began = time.perf_counter()
        dripping = asyncio.create_task(_drip(writer, words))
        async with asyncio.timeout(90):
            with suppress(ConnectionResetError):  # it said something more after the door was shut
                assert await reader.read() == b""
        assert time.perf_counter() - began > 0.2
        dripping.cancel()
        writer.close()


async def _drip(writer: asyncio.StreamWriter, words: bytes) -> None:
    writer.write(words)
    while words:
        await asyncio.sleep(0.05)
        writer.write(b"a: b\r\n")


async def test_a_further_request_has_a_deadline_of_its_own() -> None:
    async with listened(head_s=0.3) as base:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(base.rpartition(":")[2]))
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await reader.readuntil(b"}")
            await asyncio.sleep(0.4)  # idle between two requests is fine: clients keep connections
        writer.write(b"GET / HT")
        async with asyncio.timeout(90):
            assert await reader.read() == b""
        writer.close()


class _Guest:
    def __init__(self, address: str, *, silent: bool = True, idle: bool = True) -> None:
        self.address, self.silent, self.idle = address, silent, idle
        self.dropped = False

    def drop(self) -> None:
        self.dropped = True


def test_the_oldest_who_never_spoke_goes_first() -> None:
    crowd = ConnectionLimit(most=3, most_each=3)
    busy, spoke, silent, newcomer = (
        _Guest("", silent=False, idle=False), _Guest("", silent=False), _Guest(""), _Guest("")
    )  # fmt: skip
    for connection in (busy, spoke, silent, newcomer):
        assert crowd.enter(connection)
    assert [connection.dropped for connection in (busy, spoke, silent, newcomer)] == [False, False, True, False]
    newcomer.silent = False
    assert crowd.enter(_Guest(""))
    assert spoke.dropped
    assert len(crowd) == 3


def test_nobody_goes_who_waits_for_an_answer() -> None:
    crowd = ConnectionLimit(most=2, most_each=2)
    connections = [_Guest("", silent=False, idle=False) for _ in range(3)]
    assert [crowd.enter(connection) for connection in connections] == [True, True, False]
    assert [connection.dropped for connection in connections] == [False, False, True]
    crowd.leave(connections[0])
    assert crowd.enter(_Guest(""))


def test_one_address_takes_its_own_share_and_a_proxy_may_take_all() -> None:
    crowd = ConnectionLimit(most=8, most_each=2)
    others = [_Guest("203.0.114.9") for _ in range(2)]
    for connection in others:
        crowd.enter(connection)
    flood = [_Guest("8.8.8.8") for _ in range(6)]
    for connection in flood:
        assert crowd.enter(connection)
    assert [connection.dropped for connection in flood] == [True] * 4 + [False] * 2
    assert not any(connection.dropped for connection in others)
    for address in ("127.0.0.1", "172.17.0.1", ""):
        proxied = [_Guest(address, silent=False) for _ in range(4)]
        for connection in proxied:
            crowd.enter(connection)
        assert not any(connection.dropped for connection in proxied)
        for connection in proxied:
            crowd.leave(connection)


@pytest.mark.parametrize(
    ("peer", "named"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        (None, ""),
        ("/run/socket", ""),
    ],
)
def test_one_household_is_one_address(peer: str | None, named: str) -> None:
    assert neighbourhood(peer) == named


def test_what_happens_all_the_time_is_said_once_a_minute() -> None:
    now = [0.0]
    seldom = LogThrottle("http.malformed", clock=lambda: now[0])
    with capture_logs() as said:
        for second in range(150):
            now[0] = second
            seldom.note()
    assert [line["times"] for line in said] == [1, 60, 60]


def test_each_subject_is_said_by_itself_and_made_up_ones_fill_neither_memory_nor_log() -> None:
    now = [0.0]
    seldom = LogThrottles("http.origin_refused", clock=lambda: now[0])
    with capture_logs() as said:
        for number in range(1000):
            seldom.note(str(number), origin=str(number))
            seldom.note("0", origin="0")
    assert [line["origin"] for line in said] == [str(number) for number in range(MOST_SUBJECTS + 1)]
    now[0] = 61.0
    with capture_logs() as later:
        seldom.note("new", origin="new")
        seldom.note("newer", origin="newer")
    assert [(line["origin"], line["times"]) for line in later] == [("new", 1), ("newer", 1)]
