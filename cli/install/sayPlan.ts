import type { Decision, Mend } from '../../engine/install/plan';
import { sayChanges } from './sayChanges';

const MENDS: Record<Mend, string> = {
	links: 'pointed at the flows that are installed by now',
	credentials: 'credentials put in that are there by now',
	mark: 'noted that it is this version',
};

/** So many that are up to date are named; of more it is said how many. */
const FEW = 3;

/**
 * What is to happen, a paragraph for each flow; those that are as they should be in one line.
 * @param isAsked whether somebody is to decide by it: else each that is created is told when it is
 */
export function sayPlan(all: readonly Decision[], { isAsked }: { isAsked: boolean }): string {
	const width = Math.max(0, ...all.map(({ key }) => key.length));
	const fine = all.filter(
		(one) => one.do === 'keep' && one.why === 'upToDate' && one.copies.length === 0,
	);
	const hidden = new Set([
		...(fine.length > FEW ? fine : []),
		...all.filter((one) => one.do === 'create' && !isAsked),
	]);
	const told = all.filter((one) => !hidden.has(one));
	if (fine.length <= FEW && told.length === 0) return '';
	const lines = told.flatMap((decision) => [
		`  ${verbOf(decision).padEnd(7)} ${decision.key.padEnd(width)}  ${reasonOf(decision)}`,
		...belowOf(decision).map((line) => `            ${line}`),
		...decision.copies.map(
			({ name, id }) =>
				`            another workflow of this flow is left alone: “${name}” (${id})`,
		),
	]);
	if (fine.length > FEW) lines.push(`  keep    ${fine.length} flows, up to date`);
	return `\n${lines.join('\n')}\n`;
}

function verbOf(decision: Decision): string {
	if (decision.do === 'mend') return 'update';
	return decision.do;
}

function reasonOf(decision: Decision): string {
	switch (decision.do) {
		case 'create':
			return `“${decision.flow.name}”, inactive${decision.beside ? ', beside yours' : ''}`;
		case 'update': {
			const stays = decision.found.live.active ? '; published again' : '';
			if (decision.how === 'merge')
				return `what is new is taken over, what you changed is kept${stays}`;
			if (decision.how === 'overwrite') return `as shipped; what you changed is lost${stays}`;
			return `you changed nothing in it, and there is a new version${stays}`;
		}
		case 'mend':
			return decision.what.map((one) => MENDS[one]).join(', ');
		case 'keep':
			return decision.why === 'yours' ? 'changed by you, and nothing new in it' : 'up to date';
		case 'skip':
			return SKIPPED[decision.why];
	}
}

const SKIPPED = {
	changed: 'changed in your n8n, and there is a new version: not touched',
	unmarked: 'cannot be merged, because nobody noted how it was installed: not touched',
	active: 'there is something new, and it is published: not touched',
	draft: 'there is something new, but it has changes of yours that are not published: not touched',
} as const;

function belowOf(decision: Decision): string[] {
	if (decision.do === 'update') return sayChanges(decision.changes);
	if (decision.do !== 'skip') return [];
	const { key } = decision;
	if (decision.why === 'active')
		return [...sayChanges(decision.changes), 'To change it and publish it again: --update-active'];
	if (decision.why === 'draft')
		return [
			...sayChanges(decision.changes),
			'Publish or discard them in the editor; then, to change it and publish it again: --update-active',
		];
	const isKnown = decision.found.mark !== undefined;
	return [
		...sayChanges(decision.changes),
		...(isKnown ? [`To take over what is new and keep what is yours: --merge ${key}`] : []),
		`To have the new one beside yours: --beside ${key}`,
		`To have the new one in place of yours: --overwrite ${key}`,
	];
}
