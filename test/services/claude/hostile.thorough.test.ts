import { FAILURES, type Asked } from '../../../services/claude/asked';
import {
	startClaudeStub,
	type Behavior,
	type ClaudeStub,
	type Received,
} from '../../harness/claudeStub';
import { ANSWERS } from '../../harness/claudeStubAnswers';
import { ERRORS } from '../../harness/claudeStubErrors';
import { WIRES } from '../../harness/claudeStubWires';
import { dice, pick } from '../../harness/dice';
import { CANARIES, claudeAt, question, timersLeft } from './asking';

const QUESTIONS = 1000;
const FEW_AT_A_TIME = 20;

/** Requests that one question is worth when it is met with the same each time. */
const TRIED_AGAIN = new Set<Behavior>([
	'rateLimited',
	'rateLimitedBare',
	'serverError',
	'overloaded',
	'resetBefore',
	'resetWithin',
]);
const SLOW = new Set<Behavior>(['hang', 'hangWithin']);
const behaviors: readonly Behavior[] = [
	...ANSWERS,
	...(Object.keys(ERRORS) as (keyof typeof ERRORS)[]),
	...WIRES,
];

/** The mix of one seed: what each question meets on its first, second and third try. */
function mixOf(seed: number): Behavior[][] {
	const roll = dice(seed);
	const [first, ...rest] = behaviors;
	if (first === undefined) throw new Error('no behavior');
	return Array.from({ length: QUESTIONS }, (_, index) => {
		// each of them at least some times, then at random
		const met = behaviors[index] ?? pick(roll, [first, ...rest]);
		return [met, pick(roll, [met, 'good', ...rest]), pick(roll, [met, 'good', ...rest])];
	});
}

const numberOf = ({ body }: Pick<Received, 'body'>): number =>
	Number(/\\"about\\":\\"(\d+)\\"/.exec(JSON.stringify(body))?.[1]);

describe('a thousand hostile answers', () => {
	const mix = mixOf(20261120);
	const asked: Asked[] = [];
	let stub: ClaudeStub;
	let longest = 0;
	const logged: unknown[][] = [];
	const timersBefore = timersLeft();

	beforeAll(async () => {
		const tries = new Map<number, number>();
		stub = await startClaudeStub({ quotes: true, catalogue: ['a1', 'b2', 'c3', 'z9'], slowMs: 20 });
		stub.behave((body) => {
			const number = numberOf({ body });
			const nth = tries.get(number) ?? 0;
			tries.set(number, nth + 1);
			return mix[number]?.[nth] ?? 'good';
		});
		for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
			jest.spyOn(console, method).mockImplementation((...words) => void logged.push(words));
		// each question alone decides how it ends: a client of its own, so that no end of one is the end of all
		const one = async (number: number) => {
			const hangs = mix[number]?.some((met) => SLOW.has(met)) === true;
			const claude = claudeAt(stub, { timeoutMs: hangs ? 300 : 800, longestWaitMs: 1000 });
			const started = performance.now();
			asked[number] = await claude.ask(question(undefined, String(number)));
			longest = Math.max(longest, performance.now() - started);
		};
		const numbers = mix.keys();
		await Promise.all(
			Array.from({ length: FEW_AT_A_TIME }, async () => {
				for (const number of numbers) await one(number);
			}),
		);
	});
	afterAll(async () => {
		await stub.close();
		jest.restoreAllMocks();
	});

	const requestsOf = () => {
		const sent = Array.from({ length: QUESTIONS }, (): Received[] => []);
		for (const received of stub.received) sent[numberOf(received)]?.push(received);
		return sent;
	};

	test('each ends in an answer or in a code that is documented', () => {
		expect(asked).toHaveLength(QUESTIONS);
		const codes = new Set<string | undefined>([undefined, ...FAILURES]);
		expect(asked.filter(({ failed }) => !codes.has(failed))).toEqual([]);
		const answered = asked.filter(({ failed }) => failed === undefined).length;
		expect(answered).toBeGreaterThan(QUESTIONS / 5);
		expect(answered).toBeLessThan(QUESTIONS);
	});

	test('nothing that cannot get better is asked again, and nothing more than twice', () => {
		const useless = requestsOf().filter((sent) =>
			sent
				.slice(0, -1)
				.some(({ behavior }) => behavior === undefined || !TRIED_AGAIN.has(behavior)),
		);
		expect(useless).toEqual([]);
		expect(Math.max(...requestsOf().map(({ length }) => length))).toBe(3);
		// a busy machine may give up on a request before the stub has heard all of it
		const sent = requestsOf();
		const miscounted = asked.filter(
			({ attempts, failed }, index) => failed !== 'timeout' && attempts !== sent[index]?.length,
		);
		expect(miscounted).toEqual([]);
	});

	test('nobody asks again before the time that was asked for', () => {
		const early = requestsOf().flatMap((sent) =>
			sent.filter(({ at }, index) => {
				const before = sent[index - 1];
				return before?.behavior === 'rateLimited' && at - before.at < 50;
			}),
		);
		expect(early).toEqual([]);
	});

	test('none hangs beyond its time-out', () => {
		expect(longest).toBeLessThan(3 * 800 + 500);
	});

	test('no request was one that the API would refuse', () => {
		expect(stub.received.filter(({ refused }) => refused !== undefined)).toEqual([]);
	});

	test('the costs are those of the bill, or of what may have been billed', () => {
		const known = asked.reduce((sum, { costMicros = 0 }) => sum + costMicros, 0);
		const most = asked.reduce((sum, { uncertainMicros }) => sum + uncertainMicros, known);
		expect(most).toBeGreaterThanOrEqual(stub.billed());
		expect(known).toBeLessThanOrEqual(stub.billed() + QUESTIONS);
	});

	test('no failure and no log holds the key or a word of the customer', () => {
		const told = JSON.stringify([asked.filter(({ failed }) => failed !== undefined), logged]);
		const found = [stub.key, ...CANARIES].filter((secret) => told.includes(secret));
		expect(found).toEqual([]);
		expect(logged).toEqual([]);
	});

	test('no connection and no timer is left behind', async () => {
		const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));
		await aMoment();
		expect(stub.underWay()).toBe(0);
		await stub.close();
		await aMoment();
		expect(stub.connections()).toBe(0);
		expect(timersLeft()).toBeLessThanOrEqual(timersBefore + 1);
	});
});
