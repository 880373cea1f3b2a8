import type { z } from 'zod/v4';
import type { Account } from '../../../engine/accounts/account';
import type { Conditions } from '../../../engine/journeys/conditions';
import { journeySchema, type Journey } from '../../../engine/journeys/definition';
import type { stepSchema } from '../../../engine/journeys/step';
import { DEFAULT_SENDING_HOURS } from '../../../engine/calendar/sendingHours';
import { ZONE } from './simulate';

type StepInput = z.input<typeof stepSchema>;

/** An e-mail step; `over` for all that matters. */
export function mail(
	id: string,
	when: StepInput['when'],
	over: Partial<StepInput> = {},
): StepInput {
	return { id, name: id, output: 1, channel: 'email', when, ...over };
}

export const human = (id: string, when: StepInput['when'], over: Partial<StepInput> = {}) =>
	mail(id, when, { channel: 'human', output: 2, ...over });

/** A campaign of our own; accounts come in when they have the flag `hot`, unless told otherwise. */
export function journey(
	steps: StepInput[],
	over: Partial<z.input<typeof journeySchema>> = {},
): Journey {
	return journeySchema.parse({
		id: 'own',
		version: '1',
		type: 'intervention',
		start: { type: 'conditions' },
		reEntry: { type: 'never' },
		atGoLive: 'enroll',
		timezone: ZONE,
		team: 'team@vendor.example',
		sendingHours: DEFAULT_SENDING_HOURS,
		steps,
		...over,
	});
}

/** Every hour of every day. */
export const ALWAYS_OPEN = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' };

/** Enters, reaches the goal and leaves by flags of the account itself. */
export const byFlags = (accounts: readonly Account[]): Conditions => ({
	enters: (index) => accounts[index]?.hot === true,
	goal: (index) => accounts[index]?.done === true,
	exit: (index) => accounts[index]?.gone === true,
	step: ({ id }, index) => accounts[index]?.[`not-${id}`] !== true,
});
