"""What is kept: PostgreSQL tables, the unit of work, the media store, the queue client and local servers."""
