"""The optional language model: reads messages into frames and words replies, both checked. See docs/llm.md."""
