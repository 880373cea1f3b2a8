import { benchCosts } from './costs';
import { benchNode } from './node';
import { benchRules } from './rules';

/** Content Selector: by rules over 100,000 accounts, in the engine and in the real n8n; and what Claude costs. */
export async function bench(): Promise<void> {
	benchRules();
	await benchCosts();
	await benchNode();
}
