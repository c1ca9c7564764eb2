"""The AI register of an organisation: the systems it uses, what stands behind them, and when to look again."""
