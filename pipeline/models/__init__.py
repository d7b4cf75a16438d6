"""Models we trained and ship; each has its card in docs/models/."""
