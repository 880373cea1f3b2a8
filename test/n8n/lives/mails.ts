import type { Mail } from '../mailbox';
import type { Life } from './life';

const TEAM = 'success-team@example.com';
const ROLES = ['admin', 'decisionMaker', 'champion', 'user', 'csm'];

/** Tells by its address, else by the name in its subject, whose life a mail belongs to. */
export function lifeFinder(lives: readonly Life[]): (mail: Mail) => Life | undefined {
	const byId = new Map(lives.map((life) => [life.id, life]));
	return ({ to: [to = ''], subject }) => {
		const named = /\(([^()]+)\)$/.exec(subject)?.[1] ?? '';
		return byId.get(to.split('@')[1]?.replace('.example', '') ?? '') ?? byId.get(named);
	};
}

/** Tells the step of a mail by its subject, and whom of the account, or of us, it went to. */
export function mailReader(
	steps: readonly (readonly [step: string, subject: RegExp])[],
): (mail: Mail) => { step: string; who: string } {
	return ({ to: [address = ''], subject }) => {
		const [local] = address.split('@');
		const who = ROLES.find((role) => role.toLowerCase() === local);
		const step = steps.find(([, pattern]) => pattern.test(subject))?.[0] ?? subject;
		return { step, who: who ?? (address === TEAM ? 'team' : address) };
	};
}

/** When operations were told of customers to look through, and of which. */
export function listedIn(
	told: readonly { readonly at: number; readonly text: string }[],
): [at: number, ids: string[]][] {
	return told.map(({ at, text }) => [
		at,
		[...text.matchAll(/^- .*? \(([^()]+)\)/gm)].map(([, id = '']) => id).toSorted(),
	]);
}
