import type { AccountPreset } from '../preset';
import { momentOf, partsOf, textOf } from './read';
import { counting, type ReadEvent } from './usage';

/** Raw event export, https://docs.mixpanel.com/reference/raw-event-export; names that begin with $ are Mixpanel's own. */
const readMixpanel: ReadEvent = (row) => {
	const { time, distinct_id: user, $insert_id: insertId } = partsOf(row.properties);
	const name = textOf(row.event);
	const person = textOf(user);
	return {
		at: momentOf(time),
		name: name?.startsWith('$') === true ? undefined : name,
		user: person,
		identity: JSON.stringify([insertId, name, person, insertId === undefined ? row : time]),
	};
};

const AUTOMATIC = /^(?:\[Amplitude\] |\$|session_(?:start|end)$|revenue_amount$)/;

/** Export API, https://amplitude.com/docs/apis/analytics/export */
const readAmplitude: ReadEvent = (row) => {
	const name = textOf(row.event_type);
	const user = textOf(row.user_id) ?? textOf(row.amplitude_id);
	const id = textOf(row.$insert_id) ?? textOf(row.uuid);
	return {
		at: momentOf(row.event_time),
		name: name === undefined || AUTOMATIC.test(name) ? undefined : name,
		user,
		identity: JSON.stringify([id, name, user, id === undefined ? row : row.event_time]),
	};
};

export const MIXPANEL: AccountPreset = {
	id: 'mixpanelEvents',
	name: 'Mixpanel Export',
	description:
		'Events of Mixpanel’s raw export, an item each or as lines of JSON: weekly users and events, features',
	headers: false,
	paths: {
		accountId: [
			'properties.company_id',
			'properties.account_id',
			'properties.$group_id',
			'properties.company',
		],
	},
	summarize: counting(readMixpanel),
};

export const AMPLITUDE: AccountPreset = {
	id: 'amplitudeEvents',
	name: 'Amplitude Export',
	description:
		'Events of Amplitude’s export, an item each or as lines of JSON: weekly users and events, features',
	headers: false,
	paths: {
		accountId: [
			'groups.company_id',
			'groups.company',
			'groups.account',
			'groups.org',
			'groups.organization',
		],
	},
	summarize: counting(readAmplitude),
};
