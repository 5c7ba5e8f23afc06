"""Settings of what is reached by HTTP."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.settings.kinds import ApiToken, Networks, Origins, Port, Text, Url
from bot.settings.section import Section


class Http(Section):
    host: Text = Field(
        default="127.0.0.1", description="where health, webhook and API listen; 0.0.0.0 for all networks"
    )
    port: Port = Field(default=8080, description="in the playground the page takes 8080 and these stand on 8081")
    public_url: Url | None = Field(
        default=None,
        description="where people reach the dashboard, with a path prefix if a proxy takes one off",
        examples=["https://support.example.org"],
    )
    api_token: ApiToken | None = Field(
        default=None, description="bearer, 16 characters or more; without it the API is off"
    )
    cors_origins: Origins = Field(
        default=(), description='web pages that may call the API, such as ["https://example.org"]'
    )
    proxies: Networks = Field(
        default=(), description='whose X-Forwarded-For and -Proto are believed, such as ["127.0.0.1", "10.0.0.0/8"]'
    )


class Widget(Section):
    enabled: bool = Field(
        default=False, description="a chat for the pages of http.cors_origins: <script src=…/widget.js async></script>"
    )
    title: str = Field(default="", description="what stands above it; empty: service.name")
    ask: Literal["nothing", "optional", "required"] = Field(
        default="nothing", description="name and e-mail before the first line: nothing, optional or required"
    )


class Playground(Section):
    port: Port = Field(default=8080, description="of the page; loopback only")
    insight: bool = Field(
        default=False, description="tell the page what was decided and why; the playground turns it on for its own bot"
    )
    begin: Literal["files", "example", "nothing"] = Field(
        default="files",
        description="what seeds an empty database: files of scenarios.path, example (these, facts filled in), nothing",
    )
