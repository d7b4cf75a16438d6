"""Each shop by what only it has; what all promise is in tests/contract/test_provider.py."""
