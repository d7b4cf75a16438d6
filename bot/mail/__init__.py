"""Mail: what it says (content), what it looks like (rendering). CPU side; nothing here draws try-ons."""
