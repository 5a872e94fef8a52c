"""Who people are: networks, municipalities, persons, their roles, sign-in, tokens and sessions."""
