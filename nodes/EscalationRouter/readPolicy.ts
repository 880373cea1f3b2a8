import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { routerPolicySchema, type RouterPolicy } from '../../engine/escalation/policy';
import { parseJson } from '../platform/problems';
import { isObject, readRows, wordsOf } from '../platform/rows';
import { readText } from '../platform/readText';
import { checkFields } from './checkFields';
import { readCalendars } from './readCalendars';
import { MOST, readPeople } from './readPeople';

/** As the lists name them. */
const UNITS = new Map<string, object>([
	['businessDays', { unit: 'businessDays' }],
	['businessHours', { unit: 'hours', clock: 'business' }],
	['businessMinutes', { unit: 'minutes', clock: 'business' }],
	['hours', { unit: 'hours', clock: 'real' }],
	['minutes', { unit: 'minutes', clock: 'real' }],
]);

/** What Route takes from its Options for the policy. */
export type PolicyOptions = {
	staleHours?: number;
	nearing?: number;
	reopenDays?: number;
	digestCap?: number;
};

/**
 * Who takes which case, and by when, as the node's fields or its JSON say.
 * @throws NodeOperationError naming the field and what is wrong with it, before any item is looked at
 */
export function readPolicy(context: IExecuteFunctions, options: PolicyOptions): RouterPolicy {
	const node = context.getNode();
	const isJson = context.getNodeParameter('policySource', 0) === 'json';
	const value = isJson
		? withoutZeros(parseJson(node, 'Policy', context.getNodeParameter('policy', 0)))
		: fromFields(context, options);
	return checkFields(node, { what: 'Policy', isJson }, routerPolicySchema, value);
}

/** As in the list of people, 0 is any number: a JSON that is made of such rows gives nobody less. */
function withoutZeros(policy: unknown): unknown {
	if (!isObject(policy) || !Array.isArray(policy.people)) return policy;
	const people = policy.people.map((person: unknown) => {
		if (!isObject(person)) return person;
		const kept = Object.entries(person).filter(([name, value]) => value !== 0 || !MOST.has(name));
		return Object.fromEntries(kept);
	});
	return { ...policy, people };
}

function fromFields(context: IExecuteFunctions, options: PolicyOptions): object {
	const { calendars, first } = readCalendars(context);
	if (readText(context, 'fallbackEmail') === '')
		throw new NodeOperationError(context.getNode(), "'Fallback E-Mail' is empty", {
			description: 'Enter who has the cases that nobody else can take: there must never be nobody.',
		});
	return {
		calendars,
		calendar: first,
		people: readPeople(context),
		rules: readRows(context, 'rules', 'rule').map(ruleOf),
		fallback: {
			email: readText(context, 'fallbackEmail'),
			name: readText(context, 'fallbackName') || readText(context, 'fallbackEmail'),
		},
		targets: readRows(context, 'targets', 'target').map(({ kind, priority, measure, ...of }) => ({
			kind,
			...(priority === '' ? {} : { priority }),
			measure,
			target: durationOf(of.amount, of.unit),
		})),
		levels: readRows(context, 'levels', 'level').map((row) => ({
			to: { email: row.email, name: row.name === '' ? row.email : row.name },
			after: durationOf(row.after, row.unit),
			times: row.times,
			...(Number(row.every) > 0 ? { every: durationOf(row.every, 'businessHours') } : {}),
		})),
		...(options.nearing === undefined ? {} : { nearing: options.nearing / 100 }),
		...(options.staleHours === undefined
			? {}
			: { staleAfter: durationOf(options.staleHours, 'businessHours') }),
		...(options.reopenDays === undefined ? {} : { reopenDays: options.reopenDays }),
		...(options.digestCap === undefined ? {} : { digestCap: options.digestCap }),
	};
}

function durationOf(amount: unknown, unit: unknown): object {
	return { amount, ...(UNITS.get(String(unit)) ?? UNITS.get('businessHours')) };
}

function ruleOf(row: IDataObject, index: number): object {
	const when: IDataObject = isObject(row.when) ? row.when : {};
	const { arrFrom, arrTo, kinds } = when;
	const conditions = {
		...(Array.isArray(kinds) && kinds.length > 0 ? { kinds } : {}),
		...listed('reasons', when),
		...listed('tiers', when),
		...listed('regions', when),
		...listed('languages', when),
		...listed('products', when),
		...(arrFrom === undefined && arrTo === undefined ? {} : { arr: { from: arrFrom, to: arrTo } }),
	};
	return {
		name: row.name === '' ? `Rule ${String(index + 1)}` : row.name,
		when: conditions,
		pools: wordsOf(row.pools) ?? [],
		strategy: row.strategy,
		...(row.priority === '' || row.priority === undefined ? {} : { priority: row.priority }),
	};
}

function listed(name: string, when: IDataObject): object {
	const words = wordsOf(when[name]);
	return words === undefined ? {} : { [name]: words };
}
