"""What the playground's page shows under a customer's message: on only when the playground has started this bot."""

from __future__ import annotations

from aiohttp import web

from handlers.http.guard import open_to
from handlers.http.problems import Problem
from services.api.insight import Insight
from services.classify.sentences import told_of
from services.messages.addresses import where_of
from services.scenarios.knowledge import Knowledge
from services.texts import LANGUAGES


class InsightRoute:
    """`GET /playground/verdicts?chat_id=…&message_id=…`; 404 until the message has been judged.

    `owner_id` says that the chat is in this person's account, `topic_id` that it is a topic of direct messages.

    It holds customers' words and asks for no token, so it answers only to this machine.
    """

    def __init__(self, *, insight: Insight, knowledge: Knowledge) -> None:
        self._insight = insight
        self._knowledge = knowledge

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/playground/verdicts", self.verdict)

    @open_to("this machine")
    async def verdict(self, request: web.Request) -> web.Response:
        try:
            chat_id, message_id = int(request.query["chat_id"]), int(request.query["message_id"])
            owner_id, topic_id = (int(request.query.get(name) or 0) for name in ("owner_id", "topic_id"))
        except (KeyError, ValueError):
            raise Problem(400, "chat_id and message_id are whole numbers, and so are owner_id and topic_id") from None
        thought = await self._insight.of(where_of(chat_id, owner_id=owner_id, topic_id=topic_id), message_id)
        if thought is None:
            raise Problem(404, "not judged yet")
        verdict = thought.verdict
        return web.json_response(
            {
                "text": thought.text,
                "scenario": verdict.scenario,
                "confidence": round(verdict.confidence, 4),
                "engine": verdict.engine,
                "reasoning": {one: told_of(verdict, one, self._knowledge.titles) for one in LANGUAGES},
            }
        )
