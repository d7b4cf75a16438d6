"""Images in, image out. No network, no database: bytes and arrays come in, bytes and arrays go out."""
