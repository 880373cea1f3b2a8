import { createHash } from 'node:crypto';
import { compileScorer } from '../../../engine/health/scoreAccounts';
import { anyCases } from './anyCase';
import { options } from './models';

// run by a test in processes of their own: how many models, accounts of each, and the seed
const [models = 0, accounts = 0, seed = 0] = process.argv.slice(2).map(Number);
const hash = createHash('sha256');
for (const { model, accounts: some, history } of anyCases(models, accounts, seed)) {
	const scorer = compileScorer(model, { ...options, history });
	hash.update(JSON.stringify(some.map((account) => scorer.score(account))));
}
process.stdout.write(hash.digest('hex'));
