"""A fake server on loopback, and the engine in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from services.classify.llm import LlmClassifier, LlmSettings, Provider
from services.scenarios.packs import read_pack
from storage.records import Pack
from tests.llm.fake_openai import KEY, FakeOpenAI
from tests.packs import SHOP


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing of the machine stand between the engine and the fake."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_ORG_ID", "OPENAI_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return read_pack(SHOP)


@pytest.fixture
async def server() -> AsyncIterator[FakeOpenAI]:
    fake = FakeOpenAI()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def settings(server: FakeOpenAI) -> LlmSettings:
    return LlmSettings(api_key=KEY, base_url=server.url, retry_pause_s=0.0, timeout_s=5.0)


@pytest.fixture
async def provided() -> AsyncIterator[Callable[..., Provider]]:
    """Make providers, and close them at the end."""
    made: list[Provider] = []

    def make(settings: LlmSettings, *, born: dict[str, Any] | None = None, **changes: Any) -> Provider:
        made.append(Provider(replace(settings, **changes), **(born or {})))
        return made[-1]

    yield make
    for provider in made:
        await provider.aclose()


@pytest.fixture
def provider(provided: Callable[..., Provider], settings: LlmSettings) -> Provider:
    return provided(settings)


@pytest.fixture
def llm(provider: Provider, pack: Pack) -> LlmClassifier:
    return LlmClassifier(pack=pack, provider=provider, language="ru")
