import type { BenchAccount } from './accounts';

/** What every contender says about an account, and what is compared. */
export type Found = {
	score: number | null;
	band: string;
	/** The signals that cost most, dearest first. */
	top: readonly { signal: string }[];
};

/** Scores a page of accounts as fast as it can; `foundOf` reads one result, outside the time that is taken. */
export type Contender<T = unknown> = {
	score(accounts: readonly BenchAccount[]): readonly T[] | Promise<readonly T[]>;
	foundOf(result: T): Found;
};
