import { channels } from './channels';
import { content } from './content';
import { data } from './data';
import { drops } from './drops';
import { gates } from './gates';
import { journeys } from './journeys';
import { memory } from './memory';
import { owners } from './owners';
import { senders } from './senders';
import { sends } from './sends';
import { settings } from './settings';
import { wires } from './wires';
import type { Fault } from './fault';

/** Every workflow that is broken in one place. */
export const FAULTS: readonly Fault[] = [
	...sends,
	...senders,
	...channels,
	...drops,
	...gates,
	...owners,
	...journeys,
	...wires,
	...settings,
	...content,
	...data,
	...memory,
];
