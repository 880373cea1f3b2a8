import { addressOf } from './onboardingLives';
import type { Life } from './life';

/** A way to behave, to be lived in each zone. */
export type Way = Omit<Life, 'id' | 'zone' | 'day0' | 'expected'> & {
	readonly name: string;
	readonly day0: string;
};

/** Each way of life in each zone; whom an event is about is said by their role. */
export function castOf<Its extends Way>(
	zones: readonly string[],
	ways: readonly Its[],
	expectedOf: (way: Its, zone: string) => readonly string[],
): Life[] {
	return zones.flatMap((zone) =>
		ways.map((way): Life => {
			const { name, story, day0, account } = way;
			const id = `${name}-${zone.split('/')[1]?.replace('_', '-').toLowerCase() ?? ''}`;
			const events = (way.events ?? []).map(({ contact, ...event }) =>
				typeof contact === 'string' ? { ...event, contact: addressOf(id, contact) } : event,
			);
			const more = account === undefined ? {} : { account };
			return { id, story, zone, day0, events, expected: expectedOf(way, zone), ...more };
		}),
	);
}
