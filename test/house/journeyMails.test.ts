import { z } from 'zod/v4';
import { JOURNEY_PRESETS } from '../../engine/journeys/presets/presets';
import { isJourney, isJourneyEmail } from '../../nodes/platform/nodeKinds';
import { compileTemplate } from '../../services/mail/template';
import type { WorkflowFile, WorkflowNode } from '../n8n/client';
import { readWorkflow, readWorkflows } from '../n8n/workflows';
import { sampleCustomers } from './samples';

const NOW = '2026-11-18T15:00:00Z';
const FILES = [
	'journey-health-intervention',
	'journey-renewal',
	'ops-renewal-survey',
	'journey-expansion',
] as const;
const wiresSchema = z.object({ main: z.array(z.array(z.object({ node: z.string() }))) });

type Mail = { file: string; workflow: WorkflowFile; mail: WorkflowNode; step: string; to: string };

/** Each mail of a journey with each step that leads to it. */
const MAILS: Mail[] = FILES.flatMap((file) => {
	const workflow = readWorkflow(`${file}.json`);
	const journeys = workflow.nodes.filter((node) => isJourney(node));
	return journeys.flatMap(({ name: journey, parameters }) => {
		const { main } = wiresSchema.parse(workflow.connections[journey]);
		const preset = JOURNEY_PRESETS.find(({ id }) => id === parameters.preset);
		return (preset?.steps ?? []).flatMap(({ id, output, channel }) =>
			(main[output] ?? []).flatMap(({ node }) => {
				const mail = workflow.nodes.find(({ name }) => name === node);
				if (mail === undefined || !isJourneyEmail(mail)) return [];
				return [{ file, workflow, mail, step: id, to: channel }];
			}),
		);
	});
});

function write(
	{ mail, step }: Pick<Mail, 'mail' | 'step'>,
	account: object,
	standing: object = {},
): string {
	const journey = {
		...{ step, stepName: step, day: 14, messages: 0, engagement: 'unknown', renewalInDays: 26 },
		reasons: [{ text: 'Because.' }],
		...standing,
	};
	const scope = { account, contact: {}, journey, unsubscribeUrl: 'mailto:stop@example.com' };
	const parts = [
		compileTemplate(String(mail.parameters.subject), 'plain')(scope),
		compileTemplate(String(mail.parameters.message), 'html')(scope),
	].map((part) => ('text' in part ? part.text : JSON.stringify(part)));
	return parts.join('\n');
}

/** Of a renewal the date is always known, or no step would be due. */
const UNKNOWN = { accountId: 'A-1', renewalDate: '2026-12-14' };
const BROKEN = /\{\{|\{%|undefined|NaN|Infinity|\[object|"missing"|"failed"/;

describe('every mail of a journey', () => {
	test.each(MAILS)(
		'$file, $step: is written for a customer of whom next to nothing is known',
		(one) => {
			expect(write(one, UNKNOWN)).not.toMatch(BROKEN);
		},
	);

	test.each(MAILS)('$file, $step: is written for each sample customer', (one) => {
		for (const account of sampleCustomers(one.workflow, NOW))
			expect(write(one, account)).not.toMatch(BROKEN);
	});

	test.each(MAILS.filter(({ to }) => to === 'email'))(
		'$file, $step: a customer can unsubscribe, and reply to a human',
		(one) => {
			const text = write(one, UNKNOWN);
			expect(text).toContain('href="mailto:stop@example.com"');
			expect(text).toContain('Just reply: a human reads it.');
			expect(one.mail.parameters.options).toMatchObject({
				unsubscribeUrl: expect.stringMatching(/./) as string,
			});
		},
	);

	test.each(MAILS.filter(({ to }) => to !== 'email'))(
		'$file, $step: a colleague reads why, whose customer it is, and how healthy',
		(one) => {
			const about = (more: object): string => write(one, { ...UNKNOWN, ...more });
			expect(about({})).toContain('Why you: Because.');
			expect(about({ csm: 'carla@example.com' })).toContain(
				'Success manager: <b>carla@example.com</b>.',
			);
			// sales are told by an address of their own
			const whom =
				one.step === 'to-sales' ? /<b>Carla<\/b>\./ : /<b>Carla<\/b>;.* goes to the team/;
			expect(about({ csm: 'Carla' })).toMatch(whom);
			expect(about({ health: { score: 68, band: 'yellow' } })).toContain('Health: 68 (yellow).');
			expect(about({ health: { score: 68, band: 'unknown' } })).toContain('Health: not known yet.');
		},
	);
});

describe('what the mails say of the samples', () => {
	const text = (file: (typeof FILES)[number], step: string, id: string): string => {
		const one = MAILS.find((mail) => mail.file === file && mail.step === step);
		if (one === undefined) throw new Error(`No mail for ${step}`);
		const account = sampleCustomers(one.workflow, NOW).find(({ accountId }) => accountId === id);
		return write(one, account ?? {});
	};

	test('the intervention names what has fallen, by its figures (R38)', () => {
		const birch = text('journey-health-intervention', 'pattern', 'birch');
		expect(birch).toContain('Your team uses automations less than it did');
		expect(birch).toContain('5 times in the last four weeks, 24 in the four before');
		const elm = text('journey-health-intervention', 'pattern', 'elm');
		expect(elm).toContain('120 actions after 260');
		expect(text('journey-health-intervention', 'consultation', 'elm')).toContain(
			'https://cal.example.com/success?account=elm',
		);
	});

	test('the renewal says what the term was worth where hours and cost are known, and nothing of it where not (R44, P25)', () => {
		const roi = '520 hours saved</b> in this term, worth about 31200 USD at 60 an hour';
		expect(text('journey-renewal', 'summary', 'amber')).toContain(roi);
		expect(text('journey-renewal', 'summary', 'amber')).toContain(
			'3.3 times what Example costs you',
		);
		const walnut = text('journey-renewal', 'summary', 'walnut');
		expect(walnut).not.toMatch(/hours|worth|times what/);
		expect(walnut).toContain('19 of 20 seats are in use');
	});

	test('one click renews; whom it renews by itself is told that there is nothing to do (R45)', () => {
		const slate = text('journey-renewal', 'last-reminder', 'slate');
		expect(slate).toContain('href="https://app.example.com/renew?account=slate"');
		expect(slate).toContain('Renew with one click');
		const cinder = text('journey-renewal', 'reminder', 'cinder');
		expect(cinder).toContain('It renews by itself on January 15, 2027');
		expect(cinder).not.toContain('Renew with one click');
	});

	test('who talks about a renewal has summary and figures in hand (R46, P25)', () => {
		expect(text('journey-renewal', 'conversation', 'iron')).toContain('130 hours saved');
		expect(text('journey-renewal', 'csm-task', 'granite')).toContain('520 hours saved');
	});

	test('the offer shows the use that speaks for it, and what it costs (R49, R50)', () => {
		const spruce = text('journey-expansion', 'offer', 'spruce');
		expect(spruce).toContain('projects: <b>45 of 50</b>');
		expect(spruce).toContain('It costs 2400 USD a year more');
		expect(spruce).toContain('href="https://app.example.com/upgrade?account=spruce"');
	});

	test('an offer names the limits it is about, and no other that was offered before (P29)', () => {
		const mail = MAILS.find(({ step }) => step === 'offer');
		if (mail === undefined) throw new Error('No mail for the offer');
		const near = [
			{ limit: 'seats', used: 19, allowed: 20 },
			{ limit: 'projects', used: 41, allowed: 50 },
		];
		const about = (...limits: string[]): string =>
			write(mail, { ...UNKNOWN, limits: { near } }, { limits });
		expect(about('projects')).toMatch(/^41 of 50 projects: room for more\n/);
		expect(about('projects')).not.toContain('seats');
		expect(about('seats', 'projects')).toMatch(
			/seats: <b>19 of 20<\/b>.*projects: <b>41 of 50<\/b>/,
		);
	});

	test('sales gets the whole picture (R51)', () => {
		const teak = text('journey-expansion', 'to-sales', 'teak');
		for (const part of [
			'48 of 50',
			'9600 USD a year more',
			'420 actions',
			'reports',
			'Their goals',
		])
			expect(teak).toContain(part);
		expect(text('journey-expansion', 'to-sales', 'clover')).toContain('not possible alone');
	});
});

describe('the mails of onboarding', () => {
	const { nodes } = readWorkflow('journey-onboarding.json');
	const setup = {
		open: [
			{ title: 'Connect your data', url: 'https://help.example.com/connect-data' },
			{ title: 'Invite your team', url: 'https://help.example.com/invite-team' },
		],
		completed: [],
		next: { title: 'Connect your data', url: 'https://help.example.com/connect-data' },
	};
	const text = (name: string, account: object = {}): string => {
		const mail = nodes.find((node) => node.name === name);
		if (mail === undefined) throw new Error(`No ${name}`);
		return write({ mail, step: 'any' }, { accountId: 'A-1', ...account }, { setup });
	};
	const WELCOMES = ['Mail: welcome', 'Mail: set-up guide', 'Mail: first results'];

	test.each(WELCOMES)('%s: the steps that are open, each with its guide (R4, R28)', (name) => {
		for (const { title, url } of setup.open)
			expect(text(name)).toContain(`<a href="${url}">${title}</a>`);
	});

	test.each(WELCOMES)(
		'%s: other words for an enterprise than for a small customer (R7)',
		(name) => {
			expect(text(name, { plan: 'enterprise' })).not.toBe(text(name, { plan: 'starter' }));
		},
	);

	test.each(WELCOMES)('%s: other words for another use case (R28)', (name) => {
		expect(text(name, { useCase: 'forecasting' })).not.toBe(text(name, { useCase: 'reporting' }));
	});

	test('Mail: nudge: about the very step at which set-up rests (R29)', () => {
		expect(text('Mail: nudge')).toContain('href="https://help.example.com/connect-data"');
		expect(text('Mail: nudge')).not.toContain('invite-team');
	});
});

test('sample customers of one journey are in no other: trying one after the other, none gets in the way of the next', () => {
	const all = readWorkflows().flatMap(({ workflow }) =>
		workflow.nodes.some(({ name }) => name === 'Sample customers')
			? sampleCustomers(workflow, NOW)
			: [],
	);
	const ids = all.map(({ accountId }) => accountId);
	expect(new Set(ids).size).toBe(ids.length);
	const addresses = all.flatMap(({ contacts }) => contacts.map(({ email }) => email));
	expect(new Set(addresses).size).toBe(addresses.length);
});

describe('what an upgrade costs', () => {
	const OF_EXPANSION = MAILS.filter(({ file }) => file === 'journey-expansion');
	const limits = { plan: 'team', nextPlan: 'business', uplift: 2400, selfService: true, near: [] };

	test.each(OF_EXPANSION)(
		'$step, $mail.name: is said in the currency of the price list, whatever the customer pays in (P36)',
		(one) => {
			const account = { accountId: 'A-1', currency: 'EUR', arr: 9600 };
			const told = write(one, { ...account, limits: { ...limits, currency: 'USD' } });
			expect(told).not.toMatch(/2400 (?!USD)/);
			// of your own limits without a currency none is made up
			expect(write(one, { ...account, limits })).not.toMatch(/2400 +EUR/);
		},
	);

	test('and the offer, the task and the mail to sales say it', () => {
		const saying = OF_EXPANSION.filter((one) =>
			write(one, { accountId: 'A-1', limits: { ...limits, currency: 'USD' } }).includes('2400 USD'),
		);
		expect(new Set(saying.map(({ mail }) => mail.name))).toEqual(
			new Set(['Mail: upgrade offer', 'Mail: to sales', 'Mail: alert']),
		);
	});
});
