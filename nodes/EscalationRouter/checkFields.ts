import { NodeOperationError, type INode } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { show } from '../../engine/accounts/show';
import { own } from '../platform/own';
import { sentencesOf } from '../platform/problems';

/** What the node calls what stands in a policy; '' for what has no field of its own. */
const LABELS: Readonly<Record<string, string>> = {
	after: 'After',
	amount: 'Amount',
	arr: 'ARR',
	away: 'Away',
	calendar: 'Calendar',
	calendars: 'Calendars',
	currency: 'Currency',
	digestCap: 'Single Notices per Day',
	email: 'E-Mail',
	every: 'Every',
	fallback: 'Fallback Owner',
	fri: 'Friday',
	holidays: 'Holidays',
	hours: '',
	kind: 'Kind',
	levels: 'Levels',
	measure: 'Measure',
	mon: 'Monday',
	mostArr: 'Most ARR',
	mostCases: 'Most Cases',
	name: 'Name',
	nearing: 'Near the End From (%)',
	people: 'People',
	pools: 'Pools',
	priority: 'Priority',
	reopenDays: 'Reopen Within Days',
	rules: 'Rules',
	sat: 'Saturday',
	staleHours: 'Acknowledgement Is Stale After (Business Hours)',
	strategy: 'Strategy',
	sun: 'Sunday',
	target: '',
	targets: 'Targets',
	thu: 'Thursday',
	times: 'Times',
	tue: 'Tuesday',
	unit: 'Unit',
	wed: 'Wednesday',
	when: 'When',
	zone: 'Time Zone',
};
/** What stands there may be a person's, and is not repeated. */
const PERSONAL = new Set<PropertyKey>(['email', 'name']);
const LONGEST = 24;

/**
 * Checks what stands in the node's fields, or in its JSON, whose keys are named then as they are.
 * @throws NodeOperationError that says of each wrong one where it stands, what is wrong, and what was found
 */
export function checkFields<T>(
	node: INode,
	{ what, isJson = false }: { what: string; isJson?: boolean },
	schema: z.ZodType<T>,
	value: unknown,
): T {
	const parsed = schema.safeParse(value, { error: (issue) => wordsFor(issue) });
	if (parsed.success) return parsed.data;
	const issues = parsed.error.issues.map((issue) => {
		const found = shown(value, issue.path);
		return {
			...issue,
			message: found === '' ? issue.message : `${issue.message} (found ${found})`,
		};
	});
	const sentences = sentencesOf({ issues }, (path) =>
		(isJson ? path.map(plain) : labelled(path)).filter((part) => part !== '').join(' → '),
	);
	throw new NodeOperationError(node, `${what}: ${sentences[0] ?? 'is not valid'}`, {
		description: [...sentences.slice(1), 'Correct it and run again: nothing was changed.'].join(
			'\n',
		),
	});
}

/** In place of what zod says, which its makers' words are. */
function wordsFor(issue: z.core.$ZodRawIssue): string | undefined {
	switch (issue.code) {
		case 'too_small':
			if (issue.origin === 'array') return 'is empty';
			return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
		case 'too_big':
			return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
		case 'invalid_type':
			if (issue.input === undefined) return 'is missing';
			return EXPECTED[issue.expected] ?? `is no ${issue.expected}`;
		case 'invalid_value':
			return `is none of ${issue.values.map(String).join(', ')}`;
		case 'unrecognized_keys':
			return `has what nobody knows: ${issue.keys.join(', ')}`;
		default:
			return undefined;
	}
}

const EXPECTED: Partial<Record<string, string>> = {
	array: 'is no list',
	int: 'is no whole number',
	object: 'is no object',
	record: 'is no object',
	string: 'is no text',
};

function labelled(path: readonly PropertyKey[]): string[] {
	return path.map((part, place) => {
		// of a level it is the person, of a shift its end
		if (part === 'to' && place < path.length - 1) return '';
		return (typeof part === 'string' ? LABELS[part] : undefined) ?? plain(part);
	});
}

function plain(part: PropertyKey): string {
	return typeof part === 'number' ? String(part + 1) : String(part);
}

/** What was found; '' where there is nothing, which the sentence says itself. */
function shown(value: unknown, path: readonly PropertyKey[]): string {
	let found = value;
	for (const part of path) found = own(found, part);
	if (found === undefined || (typeof found === 'object' && found !== null)) return '';
	if (PERSONAL.has(path.at(-1) ?? '')) return show(found);
	if (typeof found === 'number') return String(found);
	if (typeof found !== 'string' || found === '' || found.length > LONGEST) return show(found);
	return found.includes('@') ? show(found) : `'${found}'`;
}
