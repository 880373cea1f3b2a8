import { add, insert, rewire, wire, type File } from '../change';
import { ONBOARDING, type Fault } from './fault';

const N8N = 'n8n-nodes-base.';

/** Puts a node between the journey and the mail that welcomes. */
const before =
	(kind: string, parameters: Record<string, unknown> = {}, typeVersion = 3) =>
	(file: File): void =>
		insert(file, 'Onboarding journey', 1, 'Mail: welcome', {
			name: 'Between',
			type: N8N + kind,
			typeVersion,
			parameters,
		});

const left: readonly (readonly [string, (file: File) => void])[] = [
	['a Filter', before('filter')],
	['a Limit', before('limit', { maxItems: 10 })],
	['Remove Duplicates', before('removeDuplicates')],
	['an If with one side', before('if')],
	[
		'a Switch with a side that leads nowhere',
		before('switch', {
			rules: { values: [{ outputKey: 'first' }, { outputKey: 'second' }] },
			options: { fallbackOutput: 0 },
		}),
	],
	[
		'a Switch whose side for what meets no rule leads nowhere',
		before('switch', {
			rules: { values: [{ outputKey: 'first' }] },
			options: { fallbackOutput: 'extra' },
		}),
	],
	[
		'a Switch that works its side out, of three that are not all wired',
		before('switch', { mode: 'expression', numberOutputs: 3, output: '={{ $json.size }}' }),
	],
	[
		'a Switch of version 2 with a side that leads nowhere',
		before(
			'switch',
			{
				rules: { rules: [{ outputKey: 'first' }, { outputKey: 'second' }] },
				fallbackOutput: 0,
			},
			2,
		),
	],
	[
		'a Switch of version 1 whose rule names a side that leads nowhere',
		before(
			'switch',
			{
				rules: {
					rules: [
						{ operation: 'equal', value2: 'a' },
						{ operation: 'equal', value2: 'b', output: 2 },
					],
				},
				fallbackOutput: 0,
			},
			1,
		),
	],
	['an Aggregate', before('aggregate')],
	['a Summarize', before('summarize')],
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
		// its rules may be about all there is
		fault: 'a Switch that has no side for what meets no rule',
		file: ONBOARDING,
		breakIt: before('switch', { rules: { values: [{ outputKey: 'first' }] }, options: {} }),
		rule: 'touch-dropped',
		severity: 'warning',
		at: 'Between',
	},
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
