"""A small linear model of what people want, for messages that the rules have little to go on."""
