"""What every room's HTTP edge shares: the guard, error pages, forms, the API envelope, panels."""
