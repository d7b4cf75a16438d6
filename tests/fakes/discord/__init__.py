"""A small Discord over TCP: REST, gateway and CDN, for the whole process of the bot."""
