"""The engine that asks a language model: any server that speaks OpenAI's chat completions.

```
Provider         one per process: connection, turns, breaker, budget, memory, counters; outlives every retraining
LlmClassifier    one per pack: asks the provider, or raises LlmUnavailable(reason)
```
"""

from services.classify.llm.classifier import LlmClassifier
from services.classify.llm.failures import LlmUnavailable, Reason
from services.classify.llm.masking import mask
from services.classify.llm.prices import Prices
from services.classify.llm.provider import Provider
from services.classify.llm.pulse import Pulse
from services.classify.llm.settings import LlmSettings

__all__ = ["LlmClassifier", "LlmSettings", "LlmUnavailable", "Prices", "Provider", "Pulse", "Reason", "mask"]
