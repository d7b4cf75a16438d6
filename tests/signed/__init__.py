"""What needs dkimpy, which no set of packages holds: run by name, by `.ci/run`, which installs it."""
