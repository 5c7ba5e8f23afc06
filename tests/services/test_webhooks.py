"""Each complaint of Telegram is named, and each name says in both languages what to do."""

from __future__ import annotations

from typing import get_args

import pytest

from services.health.checks import Check
from services.health.webhooks import Trouble, trouble
from services.reports.admins import line
from services.texts import LANGUAGES, label, text_key

COMPLAINTS = [
    ("Wrong response from the webhook: 404 Not Found", "not_found"),
    ("Wrong response from the webhook: 401 Unauthorized", "unauthorized"),
    ("Wrong response from the webhook: 403 Forbidden", "forbidden"),
    ("Wrong response from the webhook: 405 Method Not Allowed", "method"),
    ("Wrong response from the webhook: 301 Moved Permanently", "redirected"),
    ("Wrong response from the webhook: 308 Permanent Redirect", "redirected"),
    ("Wrong response from the webhook: 413 Request Entity Too Large", "too_large"),
    ("Wrong response from the webhook: 429 Too Many Requests", "busy"),
    ("Wrong response from the webhook: 500 Internal Server Error", "failing"),
    ("Wrong response from the webhook: 502 Bad Gateway", "gateway"),
    ("Wrong response from the webhook: 503 Service Unavailable", "unready"),
    ("Wrong response from the webhook: 504 Gateway Time-out", "gateway"),
    ("Wrong response from the webhook: 521", "failing"),
    ("Wrong response from the webhook: 418 I'm a teapot", "other"),
    ("SSL error {error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed}", "certificate"),
    ("SSL error {337047686, error:0A000086:SSL routines::certificate has expired}", "expired"),
    ("SSL error {error:0A000086:SSL routines::self-signed certificate}", "self_signed"),
    ("SSL error {self signed certificate in certificate chain}", "self_signed"),
    ("SSL error {unable to get local issuer certificate}", "self_signed"),
    ("SSL error {Hostname mismatch, certificate is not valid for 'bot.example'}", "other_name"),
    ("Connection refused", "refused"),
    ("Connection timed out", "slow"),
    ("Read timeout expired", "slow"),
    ("Connection reset by peer", "unreachable"),
    ("Network is unreachable", "unreachable"),
    ("No route to host", "unreachable"),
    ("Connection closed", "unreachable"),
    ("Failed to resolve host: Name or service not known", "unknown_host"),
    ("something nobody has seen", "other"),
    ("", "other"),
]


@pytest.mark.parametrize(("complaint", "kind"), COMPLAINTS)
def test_complaints_are_named(complaint: str, kind: str) -> None:
    assert trouble(complaint) == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_fix_in_one_line(language: str) -> None:
    assert {kind for _, kind in COMPLAINTS} == set(get_args(Trouble))
    for kind in get_args(Trouble):
        words = label(text_key("webhook", kind), language)
        assert "\n" not in words
        assert len(words) > 30


@pytest.mark.parametrize(("language", "words"), [("ru", "Telegram получает 404"), ("en", "Telegram gets 404")])
def test_admins_read_it_in_their_language(language: str, words: str) -> None:
    assert words in line("webhook", Check(status="degraded", reason="webhook.not_found"), language)
    assert line("webhook", Check(status="healthy"), "en") == "🟢 Webhook: healthy"
