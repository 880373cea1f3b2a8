import { contextPack } from '../../../../engine/escalation/pack/contextPack';
import { freeze } from '../../../harness/freeze';
import { ATTACKS, caseOf, hostileInput, input, reason } from './packInput';
import { flawsOf } from './packFlaws';

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

	it('stays text in any mixture', () => {
		for (let seed = 0; seed < 100; seed++)
			expect([seed, flawsOf(contextPack(freeze(hostileInput(seed))))]).toEqual([seed, []]);
	});
});
