"""The embedded engine: numpy and stems, no network, no key."""

from services.classify.local.apprentice import Study, learned
from services.classify.local.classifier import LocalClassifier
from services.classify.local.encoder import Encoder, find_encoder
from services.classify.local.model import Model
from services.classify.local.opinion import Opinion, Phrase

__all__ = ["Encoder", "LocalClassifier", "Model", "Opinion", "Phrase", "Study", "find_encoder", "learned"]
