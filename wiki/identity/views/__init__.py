"""Pages of sign-in, one's own profile, networks, municipalities and administration."""

from wiki.identity.views import administration, municipalities, networks, profile, sign_in
from wiki.identity.views.frame import blueprint

__all__ = ["administration", "blueprint", "municipalities", "networks", "profile", "sign_in"]
