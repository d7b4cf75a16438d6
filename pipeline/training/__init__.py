"""Training of the models we ship. Needs torch; nothing outside this package imports it."""
