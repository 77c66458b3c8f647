"""Events and projects."""

from tests import factories
from tests.authz.exhibits.hall import Hall


def events_and_projects(hall: Hall) -> None:
    """`haneul` leads a project of the first university and comes to its event."""
    session, people = hall.session, hall.people
    for ids, person in hall.both(people.far_youth):
        desk = people.coordinator if person is people.youth else people.other_coordinator
        event = factories.event(session, desk.organisation_id or 0)
        factories.event_sign_up(session, event.id or 0, person.youth_id or 0)
        project = factories.project(session, desk.organisation_id or 0)
        member = factories.project_member(session, project.id or 0, person.youth_id or 0)
        ids |= {
            "community_event": event.id or 0,
            "project": project.id or 0,
            "project_member": member.id or 0,
        }
