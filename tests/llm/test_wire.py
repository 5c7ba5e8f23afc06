"""What a server may send: so much and no more, from its own address."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from services.classify.llm import LlmClassifier, LlmSettings, Provider
from storage.records import Pack
from tests.llm.asking import reason_of, until
from tests.llm.fake_openai import Act, Endless, FakeOpenAI, answers, completion, packed, verdict

Provided = Callable[..., Provider]
GOOD = json.dumps(completion(verdict())).encode()


@pytest.fixture
def peak_mb() -> Iterator[Callable[[], float]]:
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()


def bomb(times: int = 1, millions: int = 50) -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    body = b"".join(packer.compress(b" " * 1_000_000) for _ in range(millions)) + packer.flush()
    return body if times == 1 else gzip.compress(body)


@pytest.mark.parametrize(("status", "reason"), [(200, "garbled"), (401, "unauthorized")])
async def test_an_answer_without_end_is_given_up(
    server: FakeOpenAI, llm: LlmClassifier, status: int, reason: str
) -> None:
    server.usual = endless = Endless(status)
    assert await reason_of(llm) == reason
    await endless.ended.wait()
    assert len(server.asked) == 1
    assert endless.sent < 20_000_000  # the rest stood in the buffers of both machines


@pytest.fixture
def act(request: pytest.FixtureRequest) -> Act:
    """An answer that is packed for its own test: every process that collects the tests would pack them all."""
    made: Act = request.param()
    return made


@pytest.mark.parametrize(
    "act",
    [
        lambda: packed(bomb()),
        lambda: packed(bomb(times=2), "gzip, gzip"),
        lambda: packed(gzip.compress(GOOD) + b"x" * 5_000_000),
        lambda: packed(b"not packed at all"),
    ],
    indirect=True,
)
async def test_a_bomb_does_not_go_off(
    act: Act, server: FakeOpenAI, llm: LlmClassifier, peak_mb: Callable[[], float]
) -> None:
    server.usual = act
    assert await reason_of(llm) == "garbled"
    assert peak_mb() < 25


@pytest.mark.parametrize(("encoding", "pack_up"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_packed_answer_is_read(
    server: FakeOpenAI, llm: LlmClassifier, encoding: str, pack_up: Callable[[bytes], bytes]
) -> None:
    server.usual = packed(pack_up(GOOD), encoding)
    assert await reason_of(llm) is None


async def test_an_endless_answer_in_drops_ends_in_time(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    server.usual = endless = Endless(pause_s=0.01)
    llm = LlmClassifier(pack=pack, provider=provided(settings, timeout_s=0.1, failures_to_open=999))
    while not endless.sent:  # a slow machine may give up before its call has arrived
        assert await reason_of(llm) == "timeout"
    await endless.ended.wait()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(
    server: FakeOpenAI, llm: LlmClassifier, provider: Provider, status: int
) -> None:
    server.usual = server.models = answers({}, status, {"Location": f"{server.url}/chat/completions"})
    assert await reason_of(llm) == "rejected"
    assert len(server.asked) == 1
    assert (await provider.pulse()).reason == "rejected"
    assert server.looks == 1


async def test_connections_are_given_back(
    server: FakeOpenAI, provided: Provided, settings: LlmSettings, pack: Pack
) -> None:
    llm = LlmClassifier(pack=pack, provider=provided(settings, max_concurrency=1, failures_to_open=99))
    server.script.extend(Endless() for _ in range(12))
    assert {await reason_of(llm, f"{n}") for n in range(12)} == {"garbled"}
    assert await reason_of(llm, "now") is None
    await until(lambda: server.at_once == 0)
