import { contextPack } from '../../../../engine/escalation/pack/contextPack';
import { casesLetter } from '../../../../engine/escalation/pack/casesLetter';
import { toMarkdown } from '../../../../engine/escalation/pack/markdown';
import { freeze } from '../../../harness/freeze';
import { ATTACKS, caseOf, hostileInput, input, reason } from './packInput';
import { flawsOf, letterFlaws } from './packFlaws';

const SLA = JSON.stringify({
	calendar: { zone: 'Europe/Berlin', hours: { mon: [{ from: '09:00', to: '17:00' }] } },
	targets: [],
	levels: [],
});

describe('what others wrote', () => {
	it.each(ATTACKS.map((attack) => [attack.slice(0, 40), attack]))(
		'stays text in every format: %j',
		(_shown, attack) => {
			const one = caseOf({
				accountId: attack,
				owner: { email: 'ada@vendor.example', name: attack },
				reasons: [reason({ text: attack })],
			});
			const account = {
				name: attack,
				notes: [attack],
				contacts: [{ name: attack, email: attack }],
			};
			const links = [
				{ title: attack, url: 'https://crm.example/' },
				{ title: 'x', url: attack },
				{ title: 'x', url: `https://crm.example/${attack}` },
				{ title: 'x', url: `https://crm.example/?q=${attack}#${attack}` },
			];
			expect(flawsOf(contextPack(input({ case: one, account, links })))).toEqual([]);
		},
	);

	it.each(ATTACKS.map((attack) => [attack.slice(0, 40), attack]))(
		'stays text where several cases are told together: %j',
		(_shown, attack) => {
			const cases = [1, 2].map((no) =>
				caseOf({
					no,
					accountId: attack,
					owner: { email: 'ada@vendor.example', name: attack },
					facts: { name: attack },
					sla: SLA,
					reasons: [reason({ text: attack })],
				}),
			);
			const urls = cases.map(({ no }) => `https://n8n.example/case?l=${no}&x=1`);
			const to = { email: 'lead@vendor.example', name: 'Lead' };
			for (const event of ['digest', 'bundle'] as const) {
				const letter = casesLetter(
					{ event, cases, to },
					({ no }) => ({ id: 'acknowledge', label: 'Acknowledge', url: urls[no - 1] ?? '' }),
					0,
				);
				expect(letterFlaws(letter, new Set(urls))).toEqual([]);
				// each line keeps its link
				for (const url of urls) expect(toMarkdown(letter)).toContain(url);
			}
		},
	);

	it('stays text in any mixture', () => {
		for (let seed = 0; seed < 100; seed++)
			expect([seed, flawsOf(contextPack(freeze(hostileInput(seed))))]).toEqual([seed, []]);
	});
});
