"""The set-up as the page is told of it."""

from __future__ import annotations

from handlers.http.desk import setup_responses as responses
from services.evaluation.coverage import Coverage
from services.faq.places import place_words
from services.setup.state import STEPS
from services.setup.view import View


def setup_view(view: View, speak: str, *, learning: bool, score: Coverage | None) -> responses.Setup:
    at = view.setup
    return responses.Setup(
        step=at.step,
        number=view.number,
        steps=STEPS,
        holder=at.holder.name if at.holder else None,
        mine=view.mine,
        begun=at.begun,
        paused=at.paused,
        complete=at.complete,
        service=view.service,
        languages=view.business.languages,
        choice=at.choice,
        wanted=at.wanted,
        applied=at.applied is not None,
        answers=view.answers,
        pair=at.pair,
        merging=at.merging is not None,
        pairs=[
            responses.SetupPair(
                id=one.id,
                state=one.state,
                questions=one.questions,
                title=one.title,
                html=one.answer,
                topic=one.topic,
                language=one.language,
                place=place_words(one.place, speak),
                target=f"{one.scenario}.{one.target}" if one.target else one.scenario,
                phrasings=[responses.SetupPhrasing.model_validate(way) for way in one.phrasings],
            )
            for one in view.pairs
        ],
        likely=[responses.SetupLikely.model_validate(one) for one in view.likely],
        found=[
            responses.SetupFound(key=one.key, value=one.value, ticked=one.key not in at.unticked) for one in view.found
        ],
        unused=[
            responses.SetupUnused(text=one.text, place=place_words(one.place, speak), why=one.words(speak))
            for one in at.unused
        ],
        unused_count=at.unused_count,
        fact=at.fact,
        facts=[
            responses.SetupFact(
                key=one.fact.key,
                type=one.fact.type,
                question=one.fact.question,
                example=one.fact.example,
                value=one.value,
                filled=one.filled,
                uses=one.uses,
            )
            for one in view.wanted
        ],
        tests=at.tests,
        learning=learning,
        phrasings=view.proposes,
        score=None if score is None else responses.SetupScore.model_validate(score),
    )
