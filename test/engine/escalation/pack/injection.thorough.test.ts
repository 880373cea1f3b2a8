import { contextPack } from '../../../../engine/escalation/pack/contextPack';
import { freeze } from '../../../harness/freeze';
import { hostileInput } from './packInput';
import { flawsOf } from './packFlaws';

const PACKS = 10_000;

it(`${String(PACKS)} packs of hostile texts: nothing of them is a link, a mention, mark-up or HTML`, () => {
	for (let seed = 1_000; seed < 1_000 + PACKS; seed++) {
		const flaws = flawsOf(contextPack(freeze(hostileInput(seed))));
		if (flaws.length > 0) expect([seed, flaws]).toEqual([seed, []]);
	}
});
