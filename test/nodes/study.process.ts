import { backtestSettingsSchema } from '../../engine/health/backtest/backtest';
import { backtestOutcomes } from '../../engine/health/backtest/backtestOutcomes';
import { columnReader } from '../../engine/health/backtest/columnReader';
import { followModel } from '../../engine/health/backtest/followModel';
import { readOutcomes, type OutcomesRead } from '../../engine/health/backtest/readOutcomes';
import { calibrateModelSteps } from '../../engine/health/calibrate/calibrateModel';
import { splitByNumber, splitByTime } from '../../engine/health/calibrate/split';
import { b2bSaas, productLed } from '../../engine/health/presets';
import { DAY } from '../engine/health/models';
import { dice } from '../harness/dice';

const ITEMS = 100_000;
const NOW = Date.UTC(2026, 1, 1);
const random = dice(4);

/** What a customer base would bring: more use, fewer that leave. */
function item(account: number, at: number, use: number): Record<string, unknown> {
	return {
		accountId: `acct-${String(account)}`,
		asOf: new Date(at).toISOString(),
		arr: 1_000,
		usage: {
			adoption: use * random(),
			activeUsers: Math.floor(use * 40 * (0.8 + random() / 5)),
			events: Math.floor(300 * use),
			previousEvents: 200,
			lastActiveAt: new Date(at - (1 - use) * random() * 40 * DAY).toISOString(),
		},
		support: { openP1: random() < 0.1 ? 1 : 0, openTickets: Math.floor(random() * 5) },
		sentiment: { nps: random() < 0.3 ? undefined : Math.floor(random() * 200 - 100) },
		licences: { used: Math.floor(use * 50), bought: 50 },
	};
}

const fields = { account: 'accountId', churned: 'churned', arr: 'arr', arrTimes: 1 };

function snapshot(): Record<string, unknown>[] {
	return Array.from({ length: ITEMS }, (_item, index) => {
		const use = random();
		return { ...item(index, NOW, use), churned: random() < 0.5 - use / 3 };
	});
}

/** 2,000 accounts, each known on fifty days in a row of weeks or of days. */
function histories(everyDays: number): Record<string, unknown>[] {
	return Array.from({ length: ITEMS / 50 }, (_account, account) => {
		const use = random();
		const churned = random() < 0.5 - use / 3;
		const end = NOW - Math.floor(random() * 300) * DAY;
		return Array.from({ length: 50 }, (_row, row) => {
			const at = end - (50 - row) * everyDays * DAY;
			const left = churned ? 1 - row / 60 : 1;
			return { ...item(account, at, use * left), churned, leftOn: new Date(end).toISOString() };
		});
	}).flat();
}

/** Runs work to its end; the longest time between two pauses is processor time, in ms. */
function longestStep<Answer>(work: Generator<unknown, Answer, void>): [Answer, number] {
	let longest = 0;
	for (;;) {
		const before = process.cpuUsage();
		const step = work.next();
		const { user, system } = process.cpuUsage(before);
		longest = Math.max(longest, (user + system) / 1_000);
		if (step.done === true) return [step.value, longest];
	}
}

function* reading(
	rows: Record<string, unknown>[],
	dated: boolean,
): Generator<undefined, OutcomesRead, void> {
	yield;
	const dates = dated ? { date: 'asOf', outcomeDate: 'leftOn' } : {};
	return readOutcomes(rows, { ...fields, ...dates }, NOW);
}

const settings = backtestSettingsSchema.parse({});

// run by a test in a process of its own, without jest in the way: `snapshot`, or how many days histories are apart
const [kind = 'snapshot'] = process.argv.slice(2);
const dated = kind !== 'snapshot';
const model = dated ? productLed : b2bSaas;
const rows = dated ? histories(Number(kind)) : snapshot();
const [read, toRead] = longestStep(reading(rows, dated));
const { follow } = followModel(model, columnReader);
const [result, toTest] = longestStep(backtestOutcomes(read, follow, settings, NOW));
const accounts =
	read.kind === 'snapshot' ? splitByNumber(read.rows, NOW) : splitByTime(read.histories, 30).rows;
const [{ calibration }, toLearn] = longestStep(calibrateModelSteps(model, accounts, columnReader));
const known = result.horizons.at(-1)?.figures.accounts;
const { verdict } = calibration;
process.stdout.write(JSON.stringify({ known, verdict, toRead, toTest, toLearn }));
