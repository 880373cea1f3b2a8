import { KINDS, PRIORITIES } from '../../escalation/case';
import { routerPolicySchema } from '../../escalation/policy';
import { checksDeadlines, routes } from '../kinds';
import type { Found, Rule } from '../finding';
import { at, isExpression, isObject, rowsAt, textAt, wordsOf } from '../parameters';
import type { WorkflowNode } from '../workflow';

const ownerMissing: Rule = {
	code: 'owner-missing',
	severity: 'error',
	holds:
		'Whatever is handed to a person has a named owner: a team address at each journey, and people and a fallback at each Escalation Router.',
	todo: 'Enter the address of somebody who answers.',
	*find({ journeys, workflow }) {
		for (const { node, mistakes } of journeys)
			for (const { text } of mistakes.filter(({ field }) => field === 'team' || field === 'sales'))
				yield { node: node.name, text: `'${node.name}': ${text}.` };
		for (const router of workflow.nodes.filter(routes)) yield* ownersOf(router);
	},
};

function* ownersOf(router: WorkflowNode): Iterable<Found> {
	const say = (text: string): Found => ({ node: router.name, text: `'${router.name}' ${text}` });
	if (textAt(router, ['policySource'], 'fields') === 'json') {
		for (const { path, message } of policyIssues(router))
			if (!isAboutTargets(path)) yield say(`has a policy whose ${path.join(' → ')} ${message}.`);
		return;
	}
	if (textAt(router, ['fallbackEmail']) === '')
		yield say('has no fallback owner: a case that nobody else can take belongs to nobody.');
	if (textAt(router, ['peopleSource'], 'list') === 'json') return;
	const people = rowsAt(router, 'people', 'person') ?? [];
	const pools = new Set(people.flatMap((person) => wordsOf(at(person, 'pools'))));
	const nameless = people.find((person) => at(person, 'email') === '');
	if (nameless !== undefined) yield say('lists a person without an e-mail address.');
	for (const [index, rule] of (rowsAt(router, 'rules', 'rule') ?? [USUAL_RULE]).entries()) {
		const empty = wordsOf(at(rule, 'pools')).find((pool) => !pools.has(pool));
		const name = at(rule, 'name');
		const called = typeof name === 'string' && name !== '' ? `'${name}'` : String(index + 1);
		if (empty !== undefined && people.length > 0)
			yield say(`gives rule ${called} to the pool '${empty}', in which there is nobody.`);
	}
}

const USUAL_RULE = { name: 'Everything', pools: 'csm' };

const slaMissing: Rule = {
	code: 'sla-missing',
	severity: 'error',
	holds:
		'Each kind of case has a time by which somebody has to take note of it, and one that is a limit.',
	todo: 'Add a target under Targets: 4 business hours for escalations and one business day for alerts are usual.',
	*find({ workflow }) {
		for (const router of workflow.nodes.filter(routes)) {
			const missing =
				textAt(router, ['policySource'], 'fields') === 'json'
					? policyIssues(router)
							.filter(({ path }) => isAboutTargets(path))
							.map(({ message }) => message)
					: untimed(router);
			for (const what of missing)
				yield {
					node: router.name,
					text: `'${router.name}' sets no time limit: its targets ${what}.`,
				};
			for (const { kind, measure, amount, unit } of targetsOf(router)) {
				const most = MOST[unit]?.[measure === 'resolve' ? 1 : 0];
				if (most === undefined || !(amount > most)) continue;
				const [what, days] = measure === 'resolve' ? ['resolve', 30] : ['take note of', 14];
				yield {
					node: router.name,
					todo: 'Set a limit that somebody would keep: 4 business hours for escalations and one business day for alerts are usual.',
					text: `'${router.name}' gives ${figure.format(amount)} ${inWords(unit)} to ${what} ${kind}s: the longest that is a limit are ${String(days)} days (P22).`,
				};
			}
		}
	},
};

const figure = new Intl.NumberFormat('en-US');

/** The longest that is still a limit, to take note or get in touch and to resolve: the 14 and 30 days of P22. */
const MOST: Readonly<Record<string, readonly [number, number]>> = {
	businessDays: [10, 22],
	businessHours: [80, 176],
	businessMinutes: [4_800, 10_560],
	hours: [336, 720],
	minutes: [20_160, 43_200],
};

function inWords(unit: string): string {
	return unit.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`);
}

type Limit = { kind: string; measure: string; amount: number; unit: string };

/** Targets in the units of the editor. */
function targetsOf(router: WorkflowNode): Limit[] {
	if (textAt(router, ['policySource'], 'fields') === 'json') {
		const targets = policyOf(router).data?.targets ?? [];
		return targets.map(({ kind, measure, target }) => {
			const { amount, unit } = target;
			const isBusiness = target.unit !== 'businessDays' && target.clock === 'business';
			const named = unit === 'hours' ? 'businessHours' : 'businessMinutes';
			return { kind, measure, amount, unit: isBusiness ? named : unit };
		});
	}
	return (rowsAt(router, 'targets', 'target') ?? []).filter(isObject).map((row) => {
		const { kind, measure, amount, unit = 'businessHours' } = { ...USUAL_TARGET, ...row };
		return {
			kind: String(kind),
			measure: String(measure),
			amount: Number(amount),
			unit: String(unit),
		};
	});
}

const USUAL_TARGET: Readonly<Record<string, unknown>> = {
	kind: 'escalation',
	measure: 'resolve',
	amount: 4,
};

/** Kinds and priorities that no target is about. */
function untimed(router: WorkflowNode): string[] {
	const given = rowsAt(router, 'targets', 'target');
	if (given === undefined) return [];
	// the editor leaves out what is default
	const rows = given.map((row) => ({ ...USUAL_TARGET, ...(isObject(row) ? row : {}) }));
	return KINDS.flatMap((kind) => {
		const open = PRIORITIES.filter(
			(priority) =>
				!rows.some(
					(row) =>
						at(row, 'kind') === kind &&
						['', undefined, priority].includes(asWord(at(row, 'priority'))) &&
						at(row, 'measure') !== 'resolve' &&
						Number(at(row, 'amount')) > 0,
				),
		);
		return open.length === 0 ? [] : [`say nothing of ${open.join(', ')} ${kind}s`];
	});
}

function asWord(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

type Issue = { readonly path: readonly string[]; readonly message: string };

function policyIssues(router: WorkflowNode): Issue[] {
	const given = at(router.parameters, 'policy');
	if (isExpression(given)) return [];
	return (policyOf(router).error?.issues ?? []).map(({ path, message }) => ({
		path: path.length === 0 ? ['JSON'] : path.map(String),
		message: path.length === 0 ? 'cannot be read' : message,
	}));
}

function policyOf(router: WorkflowNode): ReturnType<typeof routerPolicySchema.safeParse> {
	const given = at(router.parameters, 'policy');
	return routerPolicySchema.safeParse(isObject(given) ? given : parse(given));
}

function parse(text: unknown): unknown {
	try {
		return JSON.parse(typeof text === 'string' ? text : '');
	} catch {
		return undefined;
	}
}

function isAboutTargets(path: readonly string[]): boolean {
	return path[0] === 'targets' || path[0] === 'levels';
}

const deadlinesUnwatched: Rule = {
	code: 'deadlines-unwatched',
	severity: 'error',
	holds: 'Where cases are routed, a schedule checks their deadlines.',
	todo: 'Import ops-sla-watch, or add a Schedule Trigger and an Escalation Router with the operation Check Deadlines.',
	*find(patient, { patients, whole }) {
		if (!whole) return;
		const watched = patients.some(({ workflow }) =>
			workflow.nodes.some((node) => checksDeadlines(node) && !node.disabled),
		);
		if (watched) return;
		for (const router of patient.workflow.nodes.filter(routes))
			yield {
				node: router.name,
				text: `Nothing looks after the deadlines of the cases of '${router.name}': nobody is reminded, and no next level is told.`,
			};
	},
};

export const ownerRules: readonly Rule[] = [ownerMissing, slaMissing, deadlinesUnwatched];
