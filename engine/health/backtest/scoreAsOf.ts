import type { Facts } from '../fields';
import type { Judged } from './judged';

/**
 * Any score under test: what it says about an account of which `facts` are known at `asOf` (ms since 1970). `Health`
 * fits. It is called once per account and horizon, and once per account and day for the lead time.
 */
export type ScoreAsOf = (facts: Facts, asOf: number) => Verdict;
export type Verdict = Pick<Judged, 'score' | 'band' | 'risk'>;
