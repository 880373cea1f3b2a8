import { insert, rewrite, set } from '../change';
import { EDUCATION, IF, RENEWAL, REVIEW, type Fault } from './fault';

const POSTGRES = { type: 'n8n-nodes-base.postgres', typeVersion: 2.6 };

export const data: readonly Fault[] = [
	{
		fault: 'a SELECT without rows, after which nobody is told',
		file: REVIEW,
		breakIt: (file) => {
			const parameters = { operation: 'executeQuery', query: 'SELECT at FROM told LIMIT 1' };
			const select = { name: 'Told before?', ...POSTGRES, parameters };
			insert(file, 'Review the catalogue', 0, 'Whom to tell', select);
		},
		rule: 'empty-read-ends-chain',
		at: 'Told before?',
	},
	{
		fault: 'an If that reads what an INSERT gives',
		file: REVIEW,
		breakIt: (file) => {
			const parameters = { operation: 'insert', table: 'told' };
			const conditions = [{ leftValue: '={{ $json.content.owner }}', rightValue: 'docs' }];
			insert(file, 'Review the catalogue', 0, 'Whom to tell', {
				...IF,
				parameters: { conditions },
			});
			insert(file, 'Review the catalogue', 0, IF.name, {
				name: 'Note it',
				...POSTGRES,
				parameters,
			});
		},
		rule: 'reads-insert-output',
		at: IF.name,
	},
	{
		fault: 'A AND B OR C in a query',
		file: RENEWAL,
		breakIt: (file) => {
			const query = "SELECT * FROM accounts WHERE active AND plan = 'pro' OR plan = 'team'";
			const parameters = { operation: 'executeQuery', query };
			insert(file, 'Sample customers', 0, 'Your CRM', {
				name: 'Customers',
				...POSTGRES,
				parameters,
			});
		},
		rule: 'and-or-mixed',
		at: 'Customers',
	},
	{
		fault: 'a and b or c in an If',
		file: 'ops-unsubscribe.json',
		breakIt: (file) => {
			const leftValue = '={{ $json.a && $json.b || $json.c }}';
			set(file, 'Leads somewhere?', ['conditions', 'conditions', '0', 'leftValue'], leftValue);
		},
		rule: 'and-or-mixed',
		at: 'Leads somewhere?',
	},
	{
		fault: 'half of the points for a signal that is missing',
		file: RENEWAL,
		breakIt: (file) => {
			const signal = { label: 'NPS', field: 'sentiment.nps', weight: 10, missing: 'neutral' };
			set(file, 'Health score', ['model'], 'own');
			set(file, 'Health score', ['signals'], { signal: [signal] });
		},
		rule: 'missing-scored',
		at: 'Health score',
	},
	{
		fault: 'a score of 50 where there is none',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(file, 'Sample customers', 'jsCode', (text) => `${text}\n// score: row.nps ?? 50`),
		rule: 'missing-scored',
		at: 'Sample customers',
	},
];
