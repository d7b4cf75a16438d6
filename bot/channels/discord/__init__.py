"""The Discord channel: a gateway that only stores what came in, and a delivery that needs nothing but REST."""
