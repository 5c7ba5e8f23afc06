"""The local classifier on public intent sets beside scikit-learn on the same features, and on held-out messages."""

from benchmarks.classifier.run import run

__all__ = ["run"]
