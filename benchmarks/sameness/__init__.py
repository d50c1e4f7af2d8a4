"""How well it is told which episodes are one recording: hard pairs, made up, and figures over real feeds."""
