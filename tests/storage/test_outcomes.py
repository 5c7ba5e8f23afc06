"""What came of verdicts: people's words, and the silence after an answer, on both databases."""

from __future__ import annotations

from itertools import count
from typing import Any

from storage.address import Address
from storage.evidence import Outcome
from storage.store import Store
from storage.units import Unit
from storage.verdict_record import StoredVerdict


class Book:
    """Questions of one customer, and what was thought of them."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.keys = map(str, count())
        self.anna = unit.customers.add(
            Address("telegram", "1"), first_name="", last_name="", username=None, language="ru"
        )

    def line(self, **more: Any) -> int:
        return self.unit.messages.add(key=next(self.keys), customer_id=self.anna.id, text="?", **more).id

    def asked(self, confidence: float, *, scenario: str = "A", engine: str = "local", **more: Any) -> int:
        line = self.line(author="customer")
        self.think(line, confidence, scenario=scenario, engine=engine, **more)
        return line

    def think(self, line: int, confidence: float, *, scenario: str = "A", engine: str = "local", **more: Any) -> None:
        verdict = StoredVerdict(
            scenario=scenario,
            confidence=confidence,
            reasoning="",
            engine=engine,
            version="1",
            latency_ms=1,
            cost_usd=0,
            **more,
        )
        self.unit.verdicts.add(line, verdict)

    def told(self, line: int, source: Any, scenario: str | None, answer: str | None = None) -> int:
        return self.unit.labels.add(
            source, message_id=line, scenario=scenario, answer=answer, language="ru", text="?", operator_id=1
        )

    def given(self, line: int, scenario: str = "A", answer: str | None = None, **more: Any) -> None:
        said = self.line(author="bot", kind="answer", question_id=line, scenario=scenario, answer=answer)
        if more:
            self.unit.messages.change(said, **more)


def outcomes(unit: Unit, *, most: int = 99, among: int = 99) -> list[tuple[float, float]]:
    found = unit.evidence.outcomes("local", least=0.65, below=0.99, without={"GREETING"}, most=most, among=among)
    assert all(isinstance(one, Outcome) for one in found)
    return [(one.confidence, one.right) for one in found]


async def test_right_is_what_an_operator_says_too_or_nobody_has_spoken_against(store: Store) -> None:
    def act(unit: Unit) -> None:
        book = Book(unit)
        book.asked(0.9)  # nobody knows
        book.told(book.asked(0.71), "correct", "A")
        book.told(book.asked(0.72), "sent", "B")
        book.told(book.asked(0.73), "grouped", None)
        book.told(book.asked(0.74), "wrong", "A")
        book.told(book.asked(0.95), "wrong", "B")  # says nothing of A
        book.given(book.asked(0.81))
        book.given(book.asked(0.82), feedback="person")
        book.given(book.asked(0.96), "B")  # another question of the same message, say
        corrected = book.asked(0.83)
        book.given(corrected)
        book.told(corrected, "correct", "B")
        agreed = book.asked(0.84)
        book.given(agreed, feedback="person")
        book.told(agreed, "correct", "A")
        expected = [(0.84, 1), (0.83, 0), (0.82, 0.5), (0.81, 1), (0.74, 0), (0.73, 0), (0.72, 0), (0.71, 1)]
        assert outcomes(unit) == expected
        assert outcomes(unit, most=2) == expected[:2]
        assert outcomes(unit, among=1) == expected[:1]

    await store.write(act)


async def test_of_several_answers_the_text_counts_and_not_the_scenario(store: Store) -> None:
    def act(unit: Unit) -> None:
        book = Book(unit)
        book.told(book.asked(0.9, answer="X", answer_confidence=0.7), "correct", "A", "X")
        book.told(book.asked(0.9, answer="X", answer_confidence=0.75), "correct", "A", "Y")
        book.told(book.asked(0.9, answer_confidence=0.0), "correct", "A", "Y")  # it was asked which one is meant
        assert outcomes(unit) == [(0.75, 0), (0.7, 1)]
        found = unit.evidence.outcomes("local", least=0.65, below=0.99, without=(), most=9, among=9)
        assert [one.place for one in found] == ["A.X", "A.X"]

    await store.write(act)


async def test_what_proves_nothing_does_not_count(store: Store) -> None:
    def act(unit: Unit) -> None:
        book = Book(unit)
        book.given(book.asked(0.99))  # known by heart
        book.told(book.asked(0.6), "correct", "A")
        book.told(book.asked(0.9, engine="llm"), "correct", "A")
        book.given(book.asked(0.9, scenario="GREETING"), "GREETING")
        book.told(book.asked(0.9), "picked", "A")  # a customer
        taken_back = book.asked(0.9)
        assert unit.labels.take_back(book.told(taken_back, "correct", "B"), by="Вера")
        edited = book.asked(0.7)
        book.think(edited, 0.8)
        book.told(edited, "correct", "A")
        assert outcomes(unit) == [(0.8, 1)]

    await store.write(act)
