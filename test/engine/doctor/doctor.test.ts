import { z } from 'zod/v4';
import { examine } from '../../../engine/doctor/examine';
import type { Finding } from '../../../engine/doctor/finding';
import { RULES } from '../../../engine/doctor/rules/rules';
import { asSaved } from '../../../engine/install/substance';
import { unsavedPlaces } from '../../../engine/install/unsaved';
import { readWorkflow, readWorkflows } from '../../n8n/workflows';

import { add, copyOf, insert, node, rewire, set, wire, type File } from './change';
import { FAULTS } from './faults/faults';

const fields = z.record(z.string(), z.unknown());
const NOW = Date.parse('2026-11-20T09:00:00Z');

function findingsOf(...files: File[]): Finding[] {
	const given = files.map((json, index) => ({ source: `${String(index)}.json`, json }));
	return examine(given, { now: NOW, whole: false }).flatMap(({ findings }) => findings);
}

function switchOn(file: File): File {
	for (const one of file.nodes) if (one.type.endsWith('.journeyEmail')) one.disabled = false;
	return file;
}

describe('the shipped workflows', () => {
	const shipped = readWorkflows();

	test.each(shipped)('$file: nothing is found', ({ workflow }) => {
		expect(findingsOf(copyOf(workflow))).toEqual([]);
	});

	test.each(shipped)(
		'$file: nor in what the editor makes of it when somebody saves it',
		({ file, workflow }) => {
			const saved = copyOf(workflow);
			const savings = unsavedPlaces[file.replace('.json', '')];
			for (const one of saved.nodes)
				one.parameters = fields.parse(asSaved(one.parameters, savings?.[String(one.id)]) ?? {});
			expect(findingsOf(saved)).toEqual([]);
		},
	);

	test('together, as the whole of a programme, nothing is found either', () => {
		const given = shipped.map(({ file, workflow }) => ({ source: file, json: workflow }));
		const examined = examine(given, { now: NOW, whole: true });
		expect(examined.map(({ source }) => source)).toEqual(shipped.map(({ file }) => file));
		expect(examined.flatMap(({ findings }) => findings)).toEqual([]);
	});

	/** What else than mail a flow may send by. */
	const OTHER_SENDER: Readonly<Record<string, string>> = {
		'journey-health-intervention.json': 'In-app: message',
		'ops-community.json': 'Signal in your CRM',
		'ops-in-app.json': 'In-app: message',
	};

	test.each(shipped)(
		'$file: nor with its mails switched on, but that another sender is not',
		({ file, workflow }) => {
			const other = OTHER_SENDER[file];
			expect(
				findingsOf(switchOn(copyOf(workflow))).map(({ rule, node: at }) => [rule, at]),
			).toEqual(other === undefined ? [] : [['sender-disabled', other]]);
		},
	);
});

describe('a workflow with one fault', () => {
	test.each(FAULTS)(
		'$file, $fault: $rule at $at',
		({ file, live, breakIt, rule, severity, at }) => {
			const workflow = copyOf(readWorkflow(file));
			if (live === true) switchOn(workflow);
			breakIt(workflow);
			const found = findingsOf(workflow);
			expect(found.map((finding) => [finding.rule, finding.node])).toEqual([[rule, at]]);
			if (severity !== undefined) expect(found).toMatchObject([{ severity }]);
			const [{ text, todo, workflow: name } = { text: '', todo: '', workflow: '' }] = found;
			expect(name).toBe(workflow.name);
			if (at !== null) expect(text).toContain(`'${at}'`);
			expect(text).toMatch(/^(['A-Z]|n8n ).*\.$/);
			expect(todo).toMatch(/^['A-Z].*\.$/);
		},
	);

	test('each rule has one that it finds', () => {
		const shown = new Set(FAULTS.map(({ rule }) => rule));
		const others = RULES.map(({ code }) => code).filter((code) => !shown.has(code));
		// it is about all workflows together, and has a test of its own
		expect(others).toEqual(['deadlines-unwatched']);
		expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
	});

	test('a secret is repeated nowhere', () => {
		const file = copyOf(readWorkflow('journey-onboarding.json'));
		set(file, 'Your CRM', ['url'], 'https://reader:hunter2@crm.example.com/accounts');
		expect(JSON.stringify(findingsOf(file))).not.toContain('hunter2');
	});
});

describe('what looks like a fault and is none', () => {
	const rulesOf = (file: string, change: (copy: File) => void): string[] => {
		const copy = copyOf(readWorkflow(file));
		change(copy);
		return findingsOf(copy).map(({ rule }) => rule);
	};
	const mailTo = (toEmail: string) => (copy: File) => {
		const parameters = { toEmail, subject: 'Look' };
		const type = 'n8n-nodes-base.emailSend';
		add(copy, { name: 'Mail', type, parameters, onError: 'continueRegularOutput' });
		wire(copy, 'Health score', 0, 'Mail');
	};

	test.each(['team@example.com', '={{ $json.report.owner.email }}', '={{ $json.csm.email }}'])(
		'a mail to colleagues is claimed by nobody (%s)',
		(address) => {
			expect(rulesOf('journey-renewal.json', mailTo(address))).toEqual([]);
		},
	);

	test.each(['={{ $json.email }}', '={{ $json.contacts.find((one) => one.role).email }}'])(
		'one to the customer is to be (%s)',
		(address) => {
			expect(rulesOf('journey-renewal.json', mailTo(address))).toEqual(['send-not-claimed']);
		},
	);

	test('an If behind the gate looks at few, and a Wait of half a minute is no memory', () => {
		const found = rulesOf('journey-onboarding.json', (copy) => {
			const type = 'n8n-nodes-base.wait';
			const parameters = { amount: 30, unit: 'seconds' };
			insert(copy, 'Who is in scope', 1, 'Onboarding journey', {
				name: 'Which',
				type: 'n8n-nodes-base.if',
			});
			const wait = { name: 'Breath', type, typeVersion: 1.1, parameters };
			insert(copy, 'Onboarding journey', 2, 'Mail: set-up guide', wait);
		});
		expect(found).toEqual([]);
	});

	test('an If in front of one event is quick', () => {
		const found = rulesOf('journey-onboarding.json', (copy) =>
			insert(copy, 'Remember events', 0, 'Your CRM', { name: 'New?', type: 'n8n-nodes-base.if' }),
		);
		expect(found).toEqual([]);
	});

	test('a human hand-over may be given to the escalation desk for good', () => {
		const found = rulesOf('journey-onboarding.json', (copy) =>
			rewire(copy, 'Onboarding journey', 8, 'Mail: to a human', 'Or: escalation desk'),
		);
		expect(found).toEqual([]);
	});

	test('two branches of an If share the items out', () => {
		const found = rulesOf('journey-onboarding.json', (copy) => {
			add(copy, { name: 'Which', type: 'n8n-nodes-base.if' });
			rewire(copy, 'Onboarding journey', 1, 'Mail: welcome', 'Which');
			wire(copy, 'Which', 0, 'Mail: welcome');
			wire(copy, 'Which', 1, 'Mail: welcome');
		});
		expect(found).toEqual([]);
	});

	test('what happens behind a sent mail may write down which it was', () => {
		const found = rulesOf('journey-renewal.json', (copy) => {
			const parameters = {
				method: 'POST',
				url: 'https://log.example.com',
				jsonBody: '={{ $json.journey.key }}',
			};
			add(copy, { name: 'Log', type: 'n8n-nodes-base.httpRequest', parameters, retryOnFail: true });
			wire(copy, 'Mail: to a human', 0, 'Log');
			add(copy, {
				name: 'Sheet',
				type: 'n8n-nodes-base.googleSheets',
				parameters,
				retryOnFail: true,
			});
			wire(copy, 'Renewal journey', 1, 'Sheet');
		});
		expect(found).toEqual([]);
	});

	test("a request may name the customer's contact, as long as it goes to the address of the touch", () => {
		const found = rulesOf('journey-renewal.json', (copy) =>
			set(
				copy,
				'Or: webhook',
				['jsonBody'],
				'={{ { to: $json.journey.to, name: $json.contacts[0].name } }}',
			),
		);
		expect(found).toEqual([]);
	});

	test('what is set before the customers are asked for is quick', () => {
		const found = rulesOf('journey-renewal.json', (copy) => {
			const type = 'n8n-nodes-base.set';
			insert(copy, 'Sample customers', 0, 'Your CRM', { name: 'Which page', type });
			insert(copy, 'Sample customers', 0, 'Which page', {
				name: 'Settings',
				type: 'n8n-nodes-base.httpRequest',
			});
		});
		expect(found).toEqual([]);
	});

	test.each([
		'SELECT * FROM a JOIN b ON a.id = b.id AND b.live WHERE a.x OR a.y',
		"=SELECT * FROM a WHERE x = '{{ $json.x || $json.y }}' AND z",
		"SELECT * FROM a WHERE x AND (y = 'a' OR y = 'b')",
		"SELECT * FROM a WHERE name = 'this or that' AND x",
		'SELECT * FROM a WHERE x BETWEEN 1 AND 2 OR y',
	])('brackets, quotes and BETWEEN are no mixing (%s)', (query) => {
		const found = rulesOf('journey-renewal.json', (copy) => {
			const parameters = { operation: 'executeQuery', query };
			const type = 'n8n-nodes-base.postgres';
			insert(copy, 'Sample customers', 0, 'Your CRM', { name: 'Customers', type, parameters });
		});
		expect(found).toEqual([]);
	});

	test('keys that expressions or credentials give are no secrets', () => {
		const found = rulesOf('journey-onboarding.json', (copy) => {
			const header = { name: 'Authorization', value: '={{ "Bearer " + $json.token }}' };
			set(copy, 'Your CRM', ['headerParameters'], { parameters: [header] });
			set(copy, 'Your CRM', ['url'], '=https://crm.example.com/?token={{ $json.token }}');
		});
		expect(found).toEqual([]);
	});

	test('the usual hours of the ready-made tiers are paid for, at their own limits', () => {
		for (const policy of ['coverageEconomics', 'costToServe', 'digitalFirst', 'byPackage'])
			expect(
				rulesOf('journey-renewal.json', (copy) => {
					set(copy, 'Tier', ['policy'], policy);
					set(copy, 'Tier', ['costToServe'], true);
				}),
			).toEqual([]);
	});
});

describe('all workflows of a programme', () => {
	const desk = (): File => {
		const file = copyOf(readWorkflow('ops-escalation-desk.json'));
		node(file, 'Check deadlines').disabled = true;
		return file;
	};
	const watch = (): File => copyOf(readWorkflow('ops-sla-watch.json'));
	const rulesIn = (files: File[], whole: boolean): string[] =>
		examine(
			files.map((json) => ({ source: json.name, json })),
			{ now: NOW, whole },
		).flatMap(({ findings }) => findings.map(({ rule }) => rule));

	test('where cases are routed, something checks their deadlines, in whichever workflow', () => {
		expect(rulesIn([desk()], true)).toEqual(['deadlines-unwatched']);
		expect(rulesIn([desk(), watch()], true)).toEqual([]);
		// of one file alone nobody knows what else there is
		expect(rulesIn([desk()], false)).toEqual([]);
	});

	test('engagement may be reported by another workflow', () => {
		const journey = copyOf(readWorkflow('journey-health-intervention.json'));
		set(journey, 'Intervention journey', ['options', 'engagementReported'], true);
		const links = copyOf(readWorkflow('ops-unsubscribe.json'));
		expect(rulesIn([journey], false)).toEqual(['engagement-unknown']);
		expect(rulesIn([journey, links], false)).toEqual([]);
	});

	test('a copy of a journey may lie beside it, but not be published too', () => {
		const [one, other] = [1, 2].map(() => copyOf(readWorkflow('journey-education.json')));
		if (one === undefined || other === undefined) throw new Error('There are two');
		expect(rulesIn([one, other], false)).toEqual([]);
		one.active = true;
		other.active = true;
		expect(rulesIn([one, other], false)).toEqual(['journey-twice']);
	});
});

describe('what is no workflow', () => {
	test.each([[null], ['text'], [42], [[]], [{}], [{ nodes: 'none' }]])(
		'%j is a finding, not an error',
		(json) => {
			const [examined] = examine([{ source: 'odd.json', json }], { now: NOW, whole: false });
			expect(examined).toMatchObject({
				workflow: 'odd.json',
				findings: [{ rule: 'unreadable', node: null, severity: 'error' }],
			});
		},
	);

	test('a node that cannot be read costs no other its look', () => {
		const file: { nodes: unknown[] } = copyOf(readWorkflow('ops-retention.json'));
		file.nodes.push({ name: 'Half' }, 7);
		const [examined] = examine([{ source: 'x', json: file }], { now: NOW, whole: false });
		expect(examined?.findings.map(({ rule }) => rule)).toEqual(['unreadable', 'unreadable']);
	});

	test('two nodes of one name are named', () => {
		const file = copyOf(readWorkflow('ops-retention.json'));
		add(file, { name: 'What was removed', type: 'n8n-nodes-base.noOp' });
		expect(findingsOf(file)).toMatchObject([{ rule: 'unreadable', node: 'What was removed' }]);
	});
});
