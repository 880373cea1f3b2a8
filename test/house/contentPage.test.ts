import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { readCatalogue } from '../../engine/content/catalogue';
import { WHYS } from '../../engine/content/choice';
import { compileColumns, CONTENT_FIELDS } from '../../engine/content/columns';
import { FLAWS } from '../../engine/content/flaws';
import { catalogueText, eligibleOnly } from '../../engine/content/layout';
import { readProfile } from '../../engine/content/profile';
import { promptSettingsSchema, systemText } from '../../engine/content/prompt';
import { sampleSize } from '../../engine/content/proportions';
import { compileSelector } from '../../engine/content/selector';
import { pointsSchema, selectorSettingsSchema } from '../../engine/content/settings';
import { Words } from '../../engine/escalation/routing/words';
import { optionsProperty } from '../../nodes/ContentSelector/optionProperties';
import { FAILURES } from '../../services/claude/asked';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';
import { PRICES, readPrices } from '../../services/claude/prices';
import { compileQuestions, requestsOf, type Question } from '../../services/claude/questions';
import { bodyOf } from '../../services/claude/request';
import { startClaudeStub } from '../harness/claudeStub';
import { root } from '../n8n/folders';
import { row, runSelector, SELECT, tip } from '../nodes/ContentSelector.setup';
import { closeLedgers, freshUserFolder } from '../nodes/CustomerJourney.setup';

const page = readFileSync(join(root, 'docs', 'content-selector.md'), 'utf8');

/** The text between a fence with these words and its end. */
function fenced(words: string): string {
	const [, after] = page.split(`\`\`\`${words}\n`);
	const [text] = after?.split('\n```') ?? [];
	if (text === undefined) throw new Error(`The page has no block '${words}'`);
	return text;
}

function json(words: string): unknown {
	return JSON.parse(fenced(`json ${words}`));
}

/** Rows of the table whose head begins so, as cells without their marks. */
function table(head: string): string[][] {
	const [, after = ''] = page.split(`\n| ${head}`);
	const rows: string[][] = [];
	for (const line of after.split('\n').slice(2)) {
		if (!line.startsWith('|')) break;
		const cells = line.split('|').slice(1, -1);
		rows.push(cells.map((cell) => cell.trim().replaceAll('`', '')));
	}
	return rows;
}

const firstCells = (head: string): string[] => table(head).map(([cell = '']) => cell);
/** 2 March 2026, as the page says. */
const NOW = Date.parse('2026-03-02T09:00:00Z');

const accountSchema = z.looseObject({
	contacts: z.tuple([z.looseObject({ email: z.string() })]),
	health: z.looseObject({ band: z.string() }),
});
const account = accountSchema.parse(json('account'));
const rows = z.array(z.record(z.string(), z.string())).parse(json('catalogue'));
const catalogue = readCatalogue(rows, { now: NOW, zone: 'UTC', reviewDays: 180 });
const profile = readProfile(account, account.contacts[0], {
	band: account.health.band,
	zone: 'UTC',
	words: new Words(),
});
const selector = selectorSettingsSchema.parse({});
const { ranked } = compileSelector(catalogue.items, selector).select(profile, [], NOW);

function asked(prompt: object = {}): Question {
	return compileQuestions(catalogue.items, {
		selector,
		prompt: promptSettingsSchema.parse(prompt),
		model: DEFAULT_MODEL,
	})(profile, ranked);
}

describe('docs/content-selector.md', () => {
	test('its four rows and its account give the choices that it tells, with these points', () => {
		expect([catalogue.invalid, catalogue.stale, catalogue.expired]).toEqual([[], [], []]);
		expect(table('id | points | why |')).toEqual(
			ranked.map(({ item, points, parts }) => [
				item.id,
				String(points),
				parts.map(({ text }) => text).join('; '),
			]),
		);
	});

	test('the instructions are those that leave, word for word', () => {
		expect(fenced('text')).toBe(systemText(promptSettingsSchema.parse({})));
		const own = systemText(promptSettingsSchema.parse({ instructions: 'Be brief.' }));
		expect(own).toBe(`${fenced('text')}\n\nFrom those who run this program:\nBe brief.`);
		expect(page).toContain('`From those who run this program:`');
	});

	test('so are the message, and the request around both', () => {
		const question = asked();
		const [request] = requestsOf([question], PRICES, 0.95).values();
		if (request === undefined) throw new Error('Nothing was asked');
		expect(JSON.stringify(json('message'))).toBe(request.message);
		const shown = fenced('json request')
			.replace('"(the instructions)"', JSON.stringify(fenced('text')))
			.replace('"(the message)"', JSON.stringify(JSON.stringify(json('message'))));
		expect(JSON.stringify(JSON.parse(shown))).toBe(JSON.stringify(bodyOf(request)));
	});

	test('so is what is asked about each account by itself', () => {
		const { payload } = asked({ askAbout: 'account' });
		const { profile: said, ...rest } = payload;
		expect(JSON.stringify(json('each account'))).toBe(JSON.stringify(said));
		expect(rest.howMany).toBe(1);
		expect(rest.candidates.map(({ id }) => id)).toEqual(
			ranked.map(({ item }) => item.id).toSorted(),
		);
	});

	test('so is the other layout', () => {
		const { items, payload } = asked();
		expect(fenced('text catalogue layout')).toBe(catalogueText(items));
		expect(JSON.stringify(json('eligible'))).toBe(JSON.stringify(eligibleOnly(payload)));
	});

	test('so is what Also Send adds, cleaned', () => {
		const { payload } = asked({ alsoSend: { accountName: true, goals: true, notes: true } });
		expect(JSON.stringify(json('also sent'))).toBe(JSON.stringify(payload.profile));
	});

	test('nothing else of the account leaves by default', () => {
		const sent = JSON.stringify([asked().payload, asked({ askAbout: 'account' }).payload]);
		expect(sent).not.toMatch(/ann|oak|0015f00002|gantt|yellow|66|team|https|docs@|meeting in/i);
	});

	test('its points are those of the engine', () => {
		const points: Record<string, number> = pointsSchema.parse({});
		const shown = table('code | points | when |').map(([code = '', its = '']) => [
			code,
			Number(its.replace('−', '-')),
		]);
		expect(Object.fromEntries(shown)).toEqual(points);
		expect(shown).toHaveLength(Object.keys(points).length);
	});

	test('the rules of who may get what stand in the order in which they are asked', () => {
		expect(firstCells('code | not sent, because |')).toEqual(
			WHYS.map((why) => `notEligible.${why}`),
		);
	});

	test('every column is read under each of the names that it lists, and none is missing', () => {
		const shown = table('column | also called | what it holds | empty |');
		expect(shown.map(([name]) => name)).toEqual(CONTENT_FIELDS);
		const read = compileColumns();
		const wrong = shown.flatMap(([name = '', names = '']) =>
			[name, ...names.split(', ')].filter(
				(heading) => [...read({ [heading]: 'x' }).keys()].join() !== name,
			),
		);
		expect(wrong).toEqual([]);
	});

	test('every way in which an answer may fail has its row', () => {
		expect(firstCells('code | otherwise |').toSorted()).toEqual(
			['shape', 'notEligible', 'notForThisContact', ...FLAWS]
				.map((flaw) => `answer.${flaw}`)
				.toSorted(),
		);
		expect(firstCells('code | what happened | and then |').toSorted()).toEqual(
			[...FAILURES, 'notAsked'].map((failure) => `claude.${failure}`).toSorted(),
		);
	});

	test('prices are those of the list, with its date and source, and the example can be entered', () => {
		expect(table('model | input | output |')).toEqual(
			PRICES.models.map(({ model, input, output, cacheWrite, cacheRead }) => [
				model,
				...[input, output, cacheWrite, cacheRead].map((price) => String(+price.toFixed(6))),
			]),
		);
		expect(page).toContain(`as of ${PRICES.asOf} ([Anthropic's list](${PRICES.source}))`);
		expect(PRICES.models.every(({ batchShare }) => batchShare === 0.5)).toBe(true);
		const [own, ...others] = readPrices(json('prices')).models;
		expect(own).toMatchObject({ model: DEFAULT_MODEL, input: 0.08 });
		expect(others).toEqual(PRICES.models);
	});

	test('options have the names and defaults that it says', () => {
		const options = (optionsProperty.options ?? []).flatMap((option) =>
			'displayName' in option && 'default' in option ? [option] : [],
		);
		const shown = new Map(table('option | default | |').map(([name, its = '']) => [name, its]));
		expect([...shown.keys()].toSorted()).toEqual(
			options.map(({ displayName }) => displayName).toSorted(),
		);
		for (const { displayName, default: value } of options)
			expect([displayName, shown.get(displayName)]).toEqual([
				displayName,
				JSON.stringify(value).replaceAll('"', ''),
			]);
	});

	test('an experiment needs as many accounts as it says', () => {
		const needed = [0.13, 0.15].map((rate) => sampleSize(0.1, rate, 1).toLocaleString('en-US'));
		expect(page).toContain(
			`from 10 % to 13 % ${needed[0] ?? ''}, from 10 % to 15 % ${needed[1] ?? ''}.`,
		);
	});

	test('an item carries the fields that it lists, and no others', async () => {
		freshUserFolder();
		const stub = await startClaudeStub({ catalogue: ['reports'] });
		const variant = ['one', 'other'].map((name) => ({ name, weight: 1, by: 'claude' }));
		const { of } = await runSelector(
			[tip('acme')],
			{ experiment: 'tone', variants: { variant } },
			{ stub, catalogue: [row('reports', { summary: 'What is in it' })] },
		);
		await Promise.all([closeLedgers(), stub.close()]);
		const [content = {}] = of(SELECT.selected);
		expect(content.by).toBe('claude');
		const listed = firstCells('field | meaning |').flatMap((cell) => cell.split(', '));
		expect(listed.toSorted()).toEqual(Object.keys(content).toSorted());
	});
});
