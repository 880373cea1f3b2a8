import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileSelector } from '../../engine/content/selector';
import { oncePlainText } from '../../engine/content/plainText';
import { Words } from '../../engine/escalation/routing/words';
import { compileQuestions } from '../../services/claude/questions';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { openAsker } from './asker';
import { chooseFor, type Room } from './choose';
import type { Chosen } from './decide';
import { Tally } from './hints';
import { SELECT_OUTPUTS } from './ports';
import { readSettings } from './readSettings';
import { readUsable } from './readCatalogue';
import { compileWanted, type Wanted } from './readWanted';

/** Chosen for in one transaction; between two, other work gets its turn. */
const CHUNK = 500;
/** A run from the editor chooses for this many at most. */
const TEST_ITEMS = 10;

/** Selected, Nothing to Send, Not Readable. */
export async function select(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(context);
	// a catalogue that nobody is chosen from may be what it is
	if (context.getInputData().length === 0) return [[], [], []];
	const catalogue = readUsable(context);
	const now = readNow(context);
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const items = context.getInputData();
	const outputs: INodeExecutionData[][] = [[], [], []];
	const emit = (output: number, index: number, content: object): void => {
		const item = items[index] ?? { json: {} };
		outputs[output]?.push(withAdded(item, index, 'content', content));
	};

	const readWanted = compileWanted(context, settings, new Words(), now);
	const wanted: Wanted[] = [];
	for (const [index, { json }] of items.entries()) {
		const read = readWanted(json, index);
		if ('problem' in read)
			emit(SELECT_OUTPUTS.notRead, index, {
				reasons: [{ code: 'notAnAccount', text: `Item ${String(index + 1)} ${read.problem}.` }],
			});
		else wanted.push(read);
	}
	const page = mode === 'test' ? wanted.slice(0, TEST_ITEMS) : wanted;
	const tally = new Tally(wanted.length - page.length);
	const room: Room = {
		ledger,
		settings,
		now,
		selector: compileSelector(catalogue.items, settings.selector),
		questionOf: compileQuestions(catalogue.items, settings),
		write: oncePlainText(),
		items: new Map(catalogue.items.map((item) => [item.id, item])),
		asker:
			settings.chooseBy === 'rules' || page.length === 0
				? undefined
				: await openAsker(context, settings, ledger, now),
	};
	for (let start = 0; start < page.length; start += CHUNK) {
		if (start > 0) {
			await new Promise(setImmediate);
			context.logger.info(
				`Content Selector: ${String(start)} of ${String(page.length)} accounts chosen for`,
			);
		}
		try {
			for (const chosen of await chooseFor(page.slice(start, start + CHUNK), room)) {
				tally.count(chosen);
				emit(outputOf(chosen), chosen.index, chosen.content);
			}
		} finally {
			// what was asked is paid, whatever comes; the month's budget is everybody's: what others spent meanwhile counts
			if ((await room.asker?.settle()) === true) room.asker = undefined;
		}
	}
	tally.say(context);
	return outputs;
}

function outputOf({ what }: Chosen): number {
	return what === 'nothing' ? SELECT_OUTPUTS.nothing : SELECT_OUTPUTS.selected;
}
