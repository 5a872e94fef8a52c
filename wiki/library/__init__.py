"""Form templates, their releases, and documents started from them."""
