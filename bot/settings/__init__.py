"""Every setting: where it may come from, what it may be, and what to say when it is wrong.

```
SettingsInvalid      .problems: key, where it stands, what is wrong, what to do; .lines: one sentence each
```
"""

from bot.settings.loading import load
from bot.settings.model import Settings
from bot.settings.problems import Problem, SettingsInvalid

__all__ = ["Problem", "Settings", "SettingsInvalid", "load"]
