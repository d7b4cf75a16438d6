"""Train the person part model on figures that we draw ourselves; see docs/models/person_parts.md."""
