import { compileFunction } from 'node:vm';
import { z } from 'zod/v4';
import { readProfile } from '../../engine/content/profile';
import { compileSelector } from '../../engine/content/selector';
import { selectorSettingsSchema } from '../../engine/content/settings';
import { Words } from '../../engine/escalation/routing/words';
import { note, report } from '../figures';
import { seconds } from '../sweeps';
import { catalogue } from './catalogue';
import { CODE } from './codeNode';
import { accountOf, customers, NOW, profileOf, type Customer } from './program';

const ACCOUNTS = 100_000;
/** Plain code takes too long for all of them. */
const FEWER = 5_000;
const ROUNDS = 3;

const idsSchema = z.array(z.array(z.string()));
const items = catalogue(NOW);
const settings = selectorSettingsSchema.parse({});

/**
 * The eight best of 500 for each of 100,000 accounts with the history of a program, by the rules alone and with all that
 * they explain, from the accounts as they come: the best of three. Beside it the code of a Code node that filters and sorts
 * the catalogue for every account, timed on fewer; where it comes to other contents, the run is spoiled.
 */
export function benchRules(): void {
	note(`Making ${String(ACCOUNTS)} accounts with up to ten tips each`);
	const all = customers(ACCOUNTS, items, settings);
	const accounts = all.map((one) => ({ json: accountOf(one, NOW), one }));
	const times: { all: number; reading: number }[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const words = new Words();
		const began = performance.now();
		const profiles = accounts.map(({ json, one }) => {
			const contact = { role: one.role, locale: one.locale };
			return readProfile(json, contact, { band: one.band, zone: 'UTC', words });
		});
		const reading = performance.now() - began;
		const selector = compileSelector(items, settings);
		let offered = 0;
		profiles.forEach((profile, place) => {
			offered += selector.select(profile, all[place]?.seen ?? [], NOW).ranked.length;
		});
		times.push({ all: performance.now() - began, reading });
		if (offered < ACCOUNTS) throw new Error(`Only ${String(offered)} contents were offered`);
	}
	note(`Rounds, ms: ${JSON.stringify(times)}`);
	const ms = Math.min(...times.map((time) => time.all));
	report({
		figure: 'content.rules.100k',
		value: seconds(ms),
		unit: 's',
		peers: { codeNode: seconds(byHand(all.slice(0, FEWER)) * (ACCOUNTS / FEWER)) },
	});
}

/** @returns ms for these customers; @throws Error where it comes to other contents than the rules */
function byHand(some: readonly Customer[]): number {
	const words = new Words();
	const accounts = some.map((one) => ({ profile: profileOf(one, NOW, words), seen: one.seen }));
	const run: unknown = compileFunction(CODE, ['$input']);
	const input = { accounts, catalogue: items, now: NOW, settings };
	const began = performance.now();
	const found: unknown = typeof run === 'function' ? Reflect.apply(run, undefined, [input]) : [];
	const ms = performance.now() - began;
	const selector = compileSelector(items, settings);
	const ours = accounts.map(({ profile, seen }) =>
		selector.select(profile, seen, NOW).ranked.map(({ item }) => item.id),
	);
	idsSchema.parse(found).forEach((ids, place) => {
		if (ids.join() === ours[place]?.join()) return;
		throw new Error(`Plain code and the rules differ on ${some[place]?.accountId ?? ''}`);
	});
	return ms;
}
