import type { Rule } from '../finding';
import { budgetRules } from './budget';
import { contentRules } from './content';
import { dataRules } from './data';
import { dropRules } from './drops';
import { gateRules } from './gates';
import { journeyRules } from './journeys';
import { loopRules } from './loops';
import { memoryRules } from './memory';
import { ownerRules } from './owners';
import { secretRules } from './secrets';
import { senderRules } from './senders';
import { sendRules } from './sends';
import { settingRules } from './settings';
import { wireRules } from './wires';

/** Everything that is looked at. */
export const RULES: readonly Rule[] = [
	...sendRules,
	...dropRules,
	...senderRules,
	...gateRules,
	...ownerRules,
	...journeyRules,
	...loopRules,
	...wireRules,
	...settingRules,
	...secretRules,
	...contentRules,
	...budgetRules,
	...dataRules,
	...memoryRules,
];
