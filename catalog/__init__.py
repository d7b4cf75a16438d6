"""The retail domain: products, offers, search and the providers that find them. No database."""
