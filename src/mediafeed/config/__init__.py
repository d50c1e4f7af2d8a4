"""Read config.toml, and change it without losing a comment.

Takes: the text of config.toml.
Gives: a frozen Config, or a ConfigError that names every fault at once.
Touches: the config file itself (read only), the environment and the files that `env:` and `file:` name.

Start at `reading.read_config`.
"""
