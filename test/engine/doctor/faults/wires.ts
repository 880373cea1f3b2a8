import { add, insert, node, rewire, unwire, wire, type File } from '../change';
import { EDUCATION, INTERVENTION, ONBOARDING, PREVIEW, RENEWAL, type Fault } from './fault';

/** A loop over what was held, with a node in its body. */
const inLoop =
	(one: {
		name: string;
		type: string;
		typeVersion?: number;
		parameters?: Record<string, unknown>;
	}) =>
	(file: File): void => {
		add(file, { name: 'Some', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 });
		wire(file, 'Held, with the reason', 0, 'Some');
		wire(file, 'Some', 1, 'Some');
		insert(file, 'Some', 1, 'Some', one);
	};

export const wires: readonly Fault[] = [
	{
		fault: 'the loop wired to done, as in version 2',
		file: ONBOARDING,
		breakIt: (file) => {
			unwire(file, 'Twenty at a time', 1, 'Or: n8n Send Email');
			wire(file, 'Twenty at a time', 0, 'Or: n8n Send Email');
		},
		rule: 'loop-on-done',
		at: 'Twenty at a time',
	},
	{
		fault: 'a loop that never comes back',
		file: ONBOARDING,
		breakIt: (file) => {
			unwire(file, 'Confirm what it sent', 0, 'Twenty at a time');
			unwire(file, 'Not sent this way', 0, 'Twenty at a time');
		},
		rule: 'loop-not-closed',
		at: 'Twenty at a time',
	},
	{
		fault: 'a batch in which all fails, and the loop ends',
		file: INTERVENTION,
		breakIt: (file) =>
			rewire(file, 'In-app: message', 1, 'Not shown in the app', 'Not sent, with the reason'),
		rule: 'loop-not-closed',
		at: 'In-app: message',
	},
	{
		fault: 'what could not be confirmed ends the loop',
		file: ONBOARDING,
		breakIt: (file) => unwire(file, 'Confirm what it sent', 1, 'Not sent this way'),
		rule: 'loop-not-closed',
		at: 'Confirm what it sent',
	},
	{
		fault: 'a Filter that lets nothing of a batch through, in a loop that carries no touches',
		file: RENEWAL,
		breakIt: inLoop({ name: 'Odd', type: 'n8n-nodes-base.filter' }),
		rule: 'loop-not-closed',
		at: 'Odd',
	},
	{
		fault: 'a Switch with a side that is not wired, in a loop that carries no touches',
		file: RENEWAL,
		breakIt: inLoop({
			name: 'Odd',
			type: 'n8n-nodes-base.switch',
			typeVersion: 3.2,
			parameters: { rules: { values: [{ outputKey: 'a' }, { outputKey: 'b' }] } },
		}),
		rule: 'loop-not-closed',
		at: 'Odd',
	},
	{
		fault: 'the same accounts over two wires',
		file: ONBOARDING,
		breakIt: (file) => wire(file, 'Your accounts', 0, 'Who is in scope'),
		rule: 'wired-twice',
		at: 'Who is in scope',
	},
	{
		fault: 'two catalogues in one input',
		file: EDUCATION,
		breakIt: (file) => wire(file, 'Sample catalogue', 0, 'Next most relevant content', 1),
		rule: 'wired-twice',
		at: 'Next most relevant content',
	},
	{
		fault: 'settings of version 2 in a Merge of version 3',
		file: PREVIEW,
		breakIt: (file) => {
			const parameters = { mode: 'combine', combinationMode: 'mergeByPosition', options: {} };
			node(file, 'Everybody').parameters = parameters;
		},
		rule: 'merge-of-old-version',
		at: 'Everybody',
	},
];
