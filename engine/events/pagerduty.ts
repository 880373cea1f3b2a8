import { z } from 'zod/v4';
import { unreadable, type Listener } from './heard';
import { at, idOf, present } from './read';
import { severityOf } from './severity';

/** A webhook payload of PagerDuty, version 3. */
const payload = z.looseObject({
	event: z.looseObject({ id: z.string().min(1), event_type: z.string().min(1) }),
});

export const hearPagerduty: Listener = (body) => {
	const parsed = payload.safeParse(body);
	if (!parsed.success)
		return [unreadable(body, 'It is not an event of PagerDuty v3: it has no event with a type.')];
	const { event } = parsed.data;
	const incident = event.data;
	const service = idOf(at(incident, 'service', 'id'));
	return [
		{
			id: event.id,
			names: [event.event_type],
			type: event.event_type === 'incident.triggered' ? 'ticket_opened' : undefined,
			accountKey:
				service === undefined ? undefined : { system: 'pagerduty', kind: 'service', id: service },
			occurredAt: event.occurred_at,
			severity: severityOf(at(incident, 'priority', 'summary') ?? at(incident, 'urgency'), 'high'),
			data: present({
				incidentId: at(incident, 'id'),
				number: at(incident, 'number'),
				title: at(incident, 'title'),
				status: at(incident, 'status'),
				priority: at(incident, 'priority', 'summary'),
				urgency: at(incident, 'urgency'),
				service: at(incident, 'service', 'summary'),
				url: at(incident, 'html_url'),
			}),
			raw: body,
		},
	];
};
