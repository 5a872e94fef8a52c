<%!
def written(commands):
    """The commands without the remarks Alembic puts around them."""
    lines = (commands or "pass").splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("# ###")).strip()
%>"""${message}."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: Sequence[str] | None = ${repr(branch_labels)}
depends_on: Sequence[str] | None = ${repr(depends_on)}


def upgrade() -> None:
    ${written(upgrades)}


def downgrade() -> None:
    ${written(downgrades)}
