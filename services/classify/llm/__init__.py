"""The engine that asks a language model: any server that speaks OpenAI's chat completions.

```
Provider         one per process: connection, turns, breaker, budget, memory, counters; outlives every retraining
LlmClassifier    one per pack: asks the provider, or raises LlmUnavailable(reason)
```
"""

from services.classify.llm.classifier import LlmClassifier
from services.classify.llm.failures import LlmUnavailable, Reason
from services.classify.llm.prices import Prices
from services.classify.llm.provider import Provider
from services.classify.llm.settings import LlmSettings
from services.classify.llm.status import ModelStatus
from services.classify.masking.masking import mask

__all__ = ["LlmClassifier", "LlmSettings", "LlmUnavailable", "ModelStatus", "Prices", "Provider", "Reason", "mask"]
