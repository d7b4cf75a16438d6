"""What a picture shows of a garment: its outline, its kind, its parts and its measures."""
