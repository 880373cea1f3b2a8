import { add, insert, rewire, wire, type File } from '../change';
import { ONBOARDING, type Fault } from './fault';

const N8N = 'n8n-nodes-base.';

/** Puts a node between the journey and the mail that welcomes. */
const before =
	(kind: string, parameters: Record<string, unknown> = {}) =>
	(file: File): void =>
		insert(file, 'Onboarding journey', 1, 'Mail: welcome', {
			name: 'Between',
			type: N8N + kind,
			parameters,
		});

const left: readonly (readonly [string, (file: File) => void])[] = [
	['a Filter', before('filter')],
	['a Limit', before('limit', { maxItems: 10 })],
	['Remove Duplicates', before('removeDuplicates')],
	['an If with one side', before('if')],
	[
		'a Switch with a side that leads nowhere',
		before('switch', { rules: { values: [{ outputKey: 'first' }, { outputKey: 'second' }] } }),
	],
];

export const drops: readonly Fault[] = [
	...left.map(([what, breakIt]) => ({
		fault: `${what} between the journey and its mail`,
		file: ONBOARDING,
		breakIt,
		rule: 'touch-dropped',
		at: 'Between',
	})),
	{
		fault: 'a Confirm Touch that hangs on done',
		file: ONBOARDING,
		breakIt: (file) => {
			rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Twenty at a time');
			rewire(file, 'Or: n8n Send Email', 0, 'Confirm what it sent', 'Twenty at a time');
			add(file, { name: 'Confirm all', type: 'n8n-nodes-digital-cs.journeyLedger' });
			wire(file, 'Twenty at a time', 0, 'Confirm all');
		},
		rule: 'send-not-confirmed',
		at: 'Or: n8n Send Email',
	},
];
