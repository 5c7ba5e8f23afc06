"""The engine that asks a language model, and the cascade, measured without one."""
