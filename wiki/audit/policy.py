"""Who reads the log: lead and secretariat that of their network, administrators all of it. Nobody changes it."""

from enum import StrEnum

from wiki.audit.domain import NETWORK_READERS, LogOf
from wiki.core.authz import Actor, declare, rule


@declare
class AuditAction(StrEnum):
    """What can be done to the log."""

    READ = "audit.read"


@rule(AuditAction.READ, LogOf)
def _read(actor: Actor, log: LogOf) -> bool:
    if actor.is_admin:
        return True
    return log.network_id is not None and actor.has_role("network", log.network_id, *NETWORK_READERS)
