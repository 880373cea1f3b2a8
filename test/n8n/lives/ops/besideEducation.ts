import type { WorkflowFile } from '../../client';
import type { Mail } from '../../mailbox';
import { readWorkflow } from '../../workflows';
import { withCatalogue } from '../educationLives';
import type { Life } from '../life';
import { lifeFinder, mailReader } from '../mails';
import { play, type Play, type Played } from '../play';
import { livesFrom, recordFrom, type Story } from './opsPlay';

/** All that the catalogue of tips teaches: whoever uses it gets none. */
export const ALL_TAUGHT = Array.from({ length: 10 }, (_none, place) => `feature-${String(place)}`);
const MINUTES_LATER = 5;

/** Its mails, by their subjects. */
export const OF_EDUCATION = [
	['tip', /^About feature-/],
	['asked-for-help', /^Customer asks for a human/],
] as const;

export function education(): Pick<Play, 'starts' | 'workflow'> {
	return {
		workflow: withCatalogue(readWorkflow('journey-education.json')),
		starts: ['Your CRM', 'Sample catalogue'],
	};
}

export type Beside = {
	/** Swept after education. */
	readonly workflow: WorkflowFile;
	/** Its mail, by its subject. */
	readonly step: readonly [name: string, subject: RegExp];
	readonly lives: readonly Life[];
	readonly from: string;
	readonly until: string;
	/** What the CRM says of everybody's use, but for what their story says. */
	readonly usage: object;
	readonly facts: object;
	/** Told of each mail. */
	readonly seen: (mail: Mail) => void;
};

/** Lives in New York, but for those that say otherwise. */
export function inNewYork(day0: string, stories: readonly Story[]): Life[] {
	return livesFrom(
		day0,
		stories.map((story) => ({ zone: 'America/New_York', ...story })),
	);
}

/** Plays a flow beside education, which wants the same readers, in the morning and the evening of each day. */
export async function playBesideEducation(plan: Beside): Promise<Played> {
	const { workflow, step, lives, from, until, usage, facts, seen } = plan;
	const read = mailReader([step, ...OF_EDUCATION]);
	const withUsual = (life: Life): Life => ({
		...life,
		account: (day, time) => {
			const said = (life.account?.(day, time) ?? {}) as { usage?: object };
			return { ...said, usage: { featuresUsed: ALL_TAUGHT, ...usage, ...said.usage } };
		},
	});
	return await play({
		...education(),
		beside: [{ workflow, minutesLater: MINUTES_LATER }],
		lives,
		from: Date.parse(from),
		until: Date.parse(until),
		everyHours: 12,
		record: (life, at) => recordFrom(withUsual(life), at, facts),
		read: (mail) => {
			seen(mail);
			return read(mail);
		},
		lifeOf: lifeFinder(lives),
		report: (text) => process.stderr.write(`${text}\n`),
	});
}
