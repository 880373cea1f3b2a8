import type { Mail } from '../../mailbox';
import { readWorkflow } from '../../workflows';
import { withCatalogue } from '../educationLives';
import type { Life } from '../life';
import { lifeFinder, mailReader } from '../mails';
import { play, type Played } from '../play';
import { livesFrom, recordFrom, type Story } from './opsPlay';

/** All that the catalogue of tips teaches: whoever uses it gets none. */
const ALL = Array.from({ length: 10 }, (_none, place) => `feature-${String(place)}`);
const MINUTES_LATER = 5;

export type Beside = {
	/** Of the flow, which is swept after education. */
	readonly file: string;
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
	const { file, step, lives, from, until, usage, facts, seen } = plan;
	const read = mailReader([
		step,
		['tip', /^About feature-/],
		['asked-for-help', /^Customer asks for a human/],
	]);
	const withUsual = (life: Life): Life => ({
		...life,
		account: (day, time) => {
			const said = (life.account?.(day, time) ?? {}) as { usage?: object };
			return { ...said, usage: { featuresUsed: ALL, ...usage, ...said.usage } };
		},
	});
	return await play({
		workflow: withCatalogue(readWorkflow('journey-education.json')),
		starts: ['Your CRM', 'Sample catalogue'],
		beside: [{ workflow: readWorkflow(file), minutesLater: MINUTES_LATER }],
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
