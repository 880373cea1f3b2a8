import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { CANARIES, INJECTIONS } from '../engine/content/injections';
import { startClaudeStub, type Behavior, type ClaudeStub } from '../harness/claudeStub';
import { ANSWERS } from '../harness/claudeStubAnswers';
import { ERRORS } from '../harness/claudeStubErrors';
import { WIRES } from '../harness/claudeStubWires';
import { dice, pick } from '../harness/dice';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { CATALOGUE, runSelector, SELECT, tip, type Ran } from './ContentSelector.setup';

const ANSWERED = 1000;
/** Few, because a used-up spend limit or a refused key ends the calls of an execution. */
const EACH = 4;
const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'da', 'fi'];
const ELIGIBLE = /^(automations|reports|integrations)$/;
const BEHAVIORS: readonly Behavior[] = [
	...ANSWERS,
	...(Object.keys(ERRORS) as (keyof typeof ERRORS)[]),
	...WIRES,
];

let stub: ClaudeStub;
beforeEach(async () => {
	freshUserFolder();
	stub = await startClaudeStub({
		catalogue: CATALOGUE.map(({ id }) => id as string),
		quotes: true,
		slowMs: 20,
	});
});
afterEach(async () => {
	await closeLedgers();
	await stub.close();
});

/** Touches that all ask something else; `words` stand in every field that a customer may write. */
function touches(run: number, words: Record<string, unknown> = {}): IDataObject[] {
	return Array.from({ length: EACH }, (_none, n) => {
		const locale = LOCALES[n % LOCALES.length] ?? '';
		const id = `a${String(run)}-${String(n)}`;
		const contact = { email: `ann@${id}.example`, role: n < EACH / 2 ? 'admin' : 'user', locale };
		return tip(id, `education/${id}/1`, {
			health: { band: 'yellow' },
			...words,
			journey: { key: `education/${id}/1`, mode: 'live', contact: { ...contact, ...words } },
		});
	});
}

const OPTIONS = { callSeconds: 0.5, runBudget: 0, monthBudget: 0 };

test('a thousand hostile answers: each account gets something eligible, and no journey is blocked', async () => {
	const roll = dice(20261122);
	const [first, ...rest] = BEHAVIORS;
	if (first === undefined) throw new Error('no behavior');
	let met = 0;
	stub.behave(() => BEHAVIORS[met++] ?? pick(roll, [first, ...rest]));
	const by = { claude: 0, rules: 0 };
	const codes = new Set<string>();
	let accounts = 0;
	for (let run = 0; stub.asked() < ANSWERED; run++) {
		const ran = await runSelector(
			touches(run),
			{ instructions: `Run ${String(run)}`, options: OPTIONS },
			{ stub },
		);
		expect(ran.error).toBeUndefined();
		const contents = ran.of(SELECT.selected);
		expect(contents).toHaveLength(EACH);
		accounts += EACH;
		for (const { id, url, by: who, reasons } of contents) {
			expect(id).toMatch(ELIGIBLE);
			expect(url).toBe(`https://help.vendor.example/${id as string}`);
			by[who as 'claude' | 'rules']++;
			const [why] = reasons as { code: string }[];
			if (who === 'rules') codes.add(why?.code ?? '');
		}
	}
	console.log(
		`Content: ${String(accounts)} accounts, ${String(stub.asked())} calls, ${String(by.claude)} chosen by Claude, ${String(by.rules)} by the rules (${[...codes].toSorted().join(', ')})`,
	);
	expect(by.claude).toBeGreaterThan(50);
	expect(by.rules).toBeGreaterThan(100);
	expect([...codes].every((code) => /^(claude|answer)\./.test(code))).toBe(true);
}, 300_000);

describe('two hundred injections in every field that a customer may write, and a model that obeys them', () => {
	const told = ({ outputs, hints, error }: Ran): string =>
		JSON.stringify([
			outputs.flat().map(({ json }) => json.content),
			hints,
			error?.message,
			error?.description,
		]);
	const wordsOf = (text: string): Record<string, unknown> => ({
		name: text,
		plan: text,
		segment: text,
		useCase: text,
		csm: text,
		locale: text,
		goals: [text, CANARIES.name],
		notes: [text, Object.values(CANARIES).join(' ')],
		usage: { featuresUsed: ['boards', text], features: { [text]: { uses: 3 } } },
	});

	test.each([
		['with the default settings', []],
		['with everything that may be sent besides', ['accountName', 'goals', 'notes']],
	])(
		'%s',
		async (_what, alsoSend) => {
			const { name, ...recognized } = CANARIES;
			// a name in free text is nothing that can be told from a word; it leaves only where somebody sends such text
			const never = alsoSend.length === 0 ? Object.values(CANARIES) : Object.values(recognized);
			stub.behave(['obeying']);
			let picks = 0;
			for (const [run, text] of INJECTIONS.entries()) {
				const [one] = touches(run, wordsOf(text));
				if (one === undefined) throw new Error('no touch');
				const ran = await runSelector([one], { alsoSend, options: OPTIONS }, { stub });
				const contents = ran.of(SELECT.selected);
				for (const { id, url } of contents) {
					expect(id).toMatch(ELIGIBLE);
					expect(url).toBe(`https://help.vendor.example/${id as string}`);
					picks++;
				}
				for (const canary of never)
					expect([canary, told(ran).includes(canary)]).toEqual([canary, false]);
			}
			expect(picks).toBe(INJECTIONS.length);
			const sent = JSON.stringify(stub.received.map(({ body }) => body));
			for (const canary of never) expect([canary, sent.includes(canary)]).toEqual([canary, false]);
			if (alsoSend.length > 0) expect(sent).toContain(name);
		},
		120_000,
	);
});

test('the same ledger and the same answers give the same, byte for byte', async () => {
	const once = async (): Promise<string> => {
		freshUserFolder();
		const same = await startClaudeStub({ seed: 7 });
		const all: unknown[] = [];
		for (let run = 0; run < 5; run++)
			all.push(
				(
					await runSelector(
						touches(run % 2),
						{},
						{
							stub: same,
							at: `2026-03-${String(2 + 14 * Math.floor(run / 2)).padStart(2, '0')}T09:00:00Z`,
						},
					)
				).outputs,
			);
		await closeLedgers();
		await same.close();
		return JSON.stringify(all);
	};
	expect(await once()).toBe(await once());
});
