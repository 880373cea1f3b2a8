import type { WorkflowFile } from '../../client';
import { addressOf, person } from '../onboardingLives';
import { dayOf, momentOf, type Life } from '../life';
import { recordOf } from '../record';

const DAY = 86_400_000;

/** A customer of an operations flow; contacts by their role, the success manager as `csm`. */
export type Story = Omit<Life, 'zone' | 'day0'> & { readonly zone?: string };

/** Lives that all begin on the same local date. */
export function livesFrom(day0: string, stories: readonly Story[]): Life[] {
	return stories.map(({ events = [], zone = 'Europe/Berlin', ...story }) => ({
		...story,
		zone,
		day0,
		events: events.map(({ contact, ...event }) =>
			typeof contact === 'string' ? { ...event, contact: addressOf(story.id, contact) } : event,
		),
	}));
}

/** What the CRM says of a life: all is well, but for what the life says of itself. */
export function recordFrom(life: Life, at: number, over: object = {}): object | undefined {
	const [day, time] = dayOf(life, at);
	const said: Record<string, unknown> = { ...over, ...life.account?.(day, time) };
	if (said.unknown === true) return undefined;
	const { contacts, csm, usage, ...more } = said;
	const people = Array.isArray(contacts) ? (contacts as { role: string }[]) : [person('admin')];
	const use = usage as { lastActiveDay?: number } | undefined;
	const { lastActiveDay, ...its } = use ?? {};
	const lastActiveAt =
		lastActiveDay === undefined ? at - DAY : momentOf(life, `+${String(lastActiveDay)} 12:00`);
	return recordOf(life.id, at, {
		timezone: life.zone,
		...(typeof csm === 'string' ? { csm: addressOf(life.id, csm) } : {}),
		contacts: people.map((one) => ({ ...one, email: addressOf(life.id, one.role) })),
		...more,
		usage: { lastActiveAt: new Date(lastActiveAt).toISOString(), ...its },
	});
}

/** The flow with parts of a Code node replaced, as a company types in its own. */
export function withCode(
	workflow: WorkflowFile,
	node: string,
	changes: readonly (readonly [RegExp, string])[],
): WorkflowFile {
	const nodes = workflow.nodes.map((one) => {
		if (one.name !== node) return one;
		const jsCode = changes.reduce((code, [pattern, text]) => {
			if (!pattern.test(code)) throw new Error(`'${node}' has no ${String(pattern)}`);
			return code.replace(pattern, text);
		}, String(one.parameters.jsCode));
		return { ...one, parameters: { ...one.parameters, jsCode } };
	});
	return { ...workflow, nodes };
}

/** Of a customer who is red by the shipped model. */
export const RED = {
	licences: { bought: 20, used: 2 },
	support: { openTickets: 9, openP1: 0 },
	sentiment: { nps: -80, csat: 1.2 },
	usage: { activeUsers: 1, events: 10, previousEvents: 300, adoption: 0.05 },
};
