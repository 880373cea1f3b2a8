import { createHash } from 'node:crypto';
import { assignTiers } from '../../../engine/tiers/assignTiers';
import { anyAccounts, POLICIES, RATES } from './anyAccounts';

// run by a test in processes of their own: how many accounts, and the seed
const [count = 0, seed = 0] = process.argv.slice(2).map(Number);
const hash = createHash('sha256');
for (const policy of POLICIES)
	hash.update(JSON.stringify(assignTiers(policy, anyAccounts(count, seed), RATES)));
process.stdout.write(hash.digest('hex'));
