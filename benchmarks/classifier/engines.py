"""The two engines that are measured, imported only in the process that runs them."""

from __future__ import annotations

from benchmarks.classifier.measuring import Judge, Trainer
from benchmarks.classifier.public import PublicSet


def ours() -> Trainer:
    from services.classify.local import Model

    def train(dataset: PublicSet) -> Judge:
        model = Model.train(dataset.pack())

        def judge(text: str) -> tuple[str, float]:
            best = model.judge(text).guesses[0]
            return best.scenario, best.confidence

        return judge

    return train


def theirs() -> Trainer:
    """Train scikit-learn's LinearSVC with sigmoid calibration on the same terms, weighed the same way."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    from services.classify.local.features import pieces, word_terms
    from services.classify.local.sounds import sound
    from services.classify.local.spelling import tokens
    from services.classify.verdict import UNKNOWN

    def letter_terms(words: list[str]) -> list[str]:
        return [piece for word in words for piece in pieces(sound(word))]

    def block(terms: object, at_least: int) -> object:
        return TfidfVectorizer(analyzer=terms, min_df=at_least, sublinear_tf=True)

    def train(dataset: PublicSet) -> Judge:
        features = make_union(
            block(lambda text: word_terms(tokens(text)), 1), block(lambda text: letter_terms(tokens(text)), 2)
        )
        pipeline = make_pipeline(features, CalibratedClassifierCV(LinearSVC(), method="sigmoid", cv=3, ensemble=False))
        texts = [text for text, _ in dataset.train] + list(dataset.background)
        intents = [intent for _, intent in dataset.train] + [UNKNOWN] * len(dataset.background)
        pipeline.fit(texts, intents)
        served = [(place, name) for place, name in enumerate(pipeline.classes_) if name != UNKNOWN]

        def judge(text: str) -> tuple[str, float]:
            chances = pipeline.predict_proba([text])[0]
            place, name = max(served, key=lambda known: chances[known[0]])
            return str(name), float(chances[place])

        return judge

    return train
