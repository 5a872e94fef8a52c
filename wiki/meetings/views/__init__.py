"""The pages of meetings, one module for each thing people do there."""

from flask import Blueprint

from wiki.meetings.views import agenda, follow_up, meeting, minutes, planning

blueprint = Blueprint("meetings", __name__)
for _module in (planning, meeting, agenda, minutes, follow_up):
    _module.add_routes(blueprint)
